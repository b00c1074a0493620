// The pictures of messages: their figures, and asking for another one.

import { clone, t } from "../page.js";

const shown = new WeakMap(); // list → what it shows: a reaction brings the same pictures again

/** Fill a row's list with the pictures of its message. Words that only stand for one are hidden. */
export function fillPictures(row, { pictures = [], text }) {
  row.querySelector(".prose").hidden = pictures.some(({ alt }) => alt === text);
  const list = row.querySelector(".pictures");
  const told = pictures.map(({ id }) => id).join();
  if ((shown.get(list) ?? idsIn(list)) === told) return;
  shown.set(list, told);
  list.replaceChildren(...pictures.map(figure));
}

const idsIn = (list) => [...list.children].map(({ dataset }) => dataset.picture).join();

function figure(picture) {
  const shape = clone("picture");
  shape.dataset.picture = picture.id;
  const image = shape.querySelector("img");
  Object.assign(image, { src: picture.url, alt: picture.alt, width: picture.width, height: picture.height });
  shape.querySelector("[data-part=facts]").textContent = factsOf(picture);
  shape.querySelector("[data-draw=same]").hidden = picture.seed === null;
  return shape;
}

/** What stands below a picture: its size, its seed, how long it took. */
export function factsOf({ width, height, seed, ms }) {
  const seconds = (ms / 1_000).toFixed(2);
  return t("picture_facts", { width, height, seed, seconds });
}

/** Let the buttons below pictures ask for another one, as a message that everybody can read. */
export function listenForDrawing({ timeline, messageOf, say }) {
  timeline.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-draw]");
    const picture = button && pictureOf(button, messageOf);
    if (picture) say(wordsFor(picture, button.dataset.draw));
  });
}

/** The picture whose figure holds `element`. */
export function pictureOf(element, messageOf) {
  const message = messageOf(element.closest("[data-message]"));
  const { picture } = element.closest("[data-picture]").dataset;
  return message?.pictures.find(({ id }) => id === picture);
}

function wordsFor({ kind, seed }, which) {
  const words = kind === "shiba" ? t("draw_shiba") : `/draw ${kind}`;
  return which === "same" ? `${words} #${seed}` : words;
}
