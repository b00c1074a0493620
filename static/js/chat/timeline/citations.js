// The numbers in an answer that cite a passage: pills that say on hover and focus what they cite, and
// open the passage beside the timeline. While the answer is being written there is no passage to open
// yet: then a touch shows the card too.

import { byId, clone, t } from "../page.js";
import { placeAbove } from "../composer/choices.js";

const NUMBER = /\[(\d{1,3})\]/g;
const NOT_INSIDE = "pre, code, a, button, .math";
const PATIENCE_MS = 200; // to reach the card with the pointer

const cited = new WeakMap(); // pill → what it cites

/** What `message` cites and where it is opened; only answers cite. */
export function citationsOf({ author, reply }) {
  if (reply?.assistant !== author.username) return [];
  const numbers = new Map(reply.passport.passages?.map(({ n, number }) => [n, number]));
  const address = ({ n }) => `/replies/${reply.id}/passages/${numbers.get(n)}/`;
  return reply.citations.map((citation) => ({ ...citation, address: address(citation) }));
}

/** Make pills of the numbers in `element` that stand for one of `citations`. */
export function putPills(element, citations) {
  if (!citations.length) return;
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) if (!text.parentElement?.closest(NOT_INSIDE)) divide(text, byNumber);
}

function divide(text, byNumber) {
  const found = [...text.data.matchAll(NUMBER)].filter(([, n]) => byNumber.has(Number(n)));
  for (const { index, 0: mark, 1: n } of found.reverse()) {
    const behind = text.splitText(index);
    behind.deleteData(0, mark.length);
    behind.before(pill(byNumber.get(Number(n))));
  }
}

function pill(citation) {
  const button = clone("citation");
  button.textContent = citation.n;
  button.setAttribute("aria-label", t("source", citation));
  if (citation.address) button.dataset.side = citation.address;
  cited.set(button, citation);
  return button;
}

/** Show a card at the pill under the pointer or the focus of `place`, or where one is touched that
 * opens nothing yet. Such a pill is drawn anew and moved with each word: it hears of no click, and
 * its card stays until anything else, or the card itself, is touched.
 */
export function showCards(place) {
  const card = byId("citation-card");
  let leaving = 0;
  let isSettled = false;
  const show = (button) => {
    clearTimeout(leaving);
    isSettled = "side" in button.dataset;
    fill(card, cited.get(button));
    card.showPopover();
    placeAbove(card, button);
  };
  const hide = () => card.matches(":popover-open") && card.hidePopover();
  const leave = () => (leaving = setTimeout(hide, PATIENCE_MS));
  const ofPill = (act) => ({ target }) => cited.has(target) && act(target);
  const ofMouse = (act) => (event) => event.pointerType === "mouse" && ofPill(act)(event);
  place.addEventListener("pointerover", ofMouse(show));
  place.addEventListener("pointerout", ofMouse(leave));
  place.addEventListener("focusin", ({ target }) => {
    if (cited.has(target) && target.matches(":focus-visible")) show(target);
  });
  place.addEventListener("focusout", ofPill(() => isSettled && hide()));
  place.addEventListener("click", ofPill(() => isSettled && hide()));
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    if (cited.has(target) && !target.dataset.side) show(target);
    else if (pointerType !== "mouse" || !card.contains(target)) hide();
  });
  card.addEventListener("pointerenter", () => clearTimeout(leaving));
  card.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  place.addEventListener("scroll", () => isSettled && hide(), { passive: true });
}

function fill(card, { title, corpus, text }) {
  card.querySelector("strong").textContent = title;
  card.querySelector("p").textContent = text;
  card.querySelector("small").textContent = `#${corpus}`;
}
