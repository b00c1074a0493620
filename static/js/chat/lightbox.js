// A picture over the whole page: closed by its X, by Escape, by a press beside it, or by a swipe down.

import { byId } from "./page.js";
import { factsOf, pictureOf } from "./timeline/pictures.js";

const SWIPE_PX = 80;

/** Let pictures in the timeline open; the focus returns to where it was. */
export function listenForLightbox({ timeline, messageOf }) {
  const dialog = byId("lightbox");
  timeline.addEventListener("click", ({ target }) => {
    const button = target.closest(".enlarge");
    const picture = button && pictureOf(button, messageOf);
    if (picture) open(dialog, picture);
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-do=close-lightbox]")) dialog.close();
  });
  closeBySwipe(dialog);
}

// A native dialog takes the focus, keeps it, and gives it back to the picture's button.
function open(dialog, picture) {
  const image = dialog.querySelector("img");
  Object.assign(image, { src: picture.url, alt: picture.alt, width: picture.width, height: picture.height });
  dialog.querySelector("figcaption").textContent = factsOf(picture);
  const link = dialog.querySelector("[data-part=download]");
  link.href = picture.download;
  link.download = `${picture.kind}-${picture.seed ?? picture.id}.png`;
  dialog.showModal();
  dialog.querySelector("[data-do=close-lightbox]").focus();
}

function closeBySwipe(dialog) {
  const figure = dialog.querySelector("figure");
  let from = null;
  const follow = (distance) => figure.style.setProperty("--swipe", `${Math.max(0, distance)}px`);
  figure.addEventListener("touchstart", ({ touches }) => {
    from = touches.length === 1 ? touches[0].clientY : null; // two fingers zoom
  }, { passive: true });
  figure.addEventListener("touchmove", ({ touches }) => {
    if (from !== null) follow(touches[0].clientY - from);
  }, { passive: true });
  figure.addEventListener("touchend", ({ changedTouches }) => {
    const distance = from === null ? 0 : changedTouches[0].clientY - from;
    from = null;
    follow(0);
    if (distance > SWIPE_PX) dialog.close();
  });
  figure.addEventListener("touchcancel", () => {
    from = null;
    follow(0);
  });
}
