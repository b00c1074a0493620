// The pane on demand: a partial of the server in a dialog. Anything with `data-side` opens its address;
// a form inside is sent in place, and what the server answers takes the pane's place.

import { watchComposition } from "./composer/ime.js";
import { byId } from "./page.js";
import { fetchPane } from "./pane.js";

const WIDE = matchMedia("(min-width: 68rem)");

/** Open the pane with the partial at `address`. */
export async function openSide(address) {
  const answer = await fetchPane(address);
  if (!answer) return;
  const dialog = byId("side");
  dialog.replaceChildren(answer.partial);
  if (!dialog.open) WIDE.matches ? dialog.show() : dialog.showModal();
  const passage = dialog.querySelector("mark");
  (passage ?? dialog.querySelector("h2")).focus();
  passage?.scrollIntoView({ block: "center" });
}

/** Let buttons open the pane, the one that the address names at once, and the forms in it answer there. */
export function listenForSide() {
  const dialog = byId("side");
  const named = document.getElementById(location.hash.slice(1)); // :target comes later
  if (named?.dataset.side) openSide(named.dataset.side);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-side]");
    if (button) openSide(button.dataset.side);
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-do=close-side]")) dialog.close();
  });
  const isComposing = watchComposition(dialog);
  dialog.addEventListener("keydown", (event) => {
    if (isComposing(event)) event.key === "Enter" && event.preventDefault();
    else if (event.key === "Escape") dialog.close();
  });
  dialog.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-leaves")) return; // a form that goes to another page
    event.preventDefault();
    send(event.target, event.submitter);
  });
}

async function send(form, submitter) {
  const body = new FormData(form, submitter);
  const dialog = byId("side");
  const { scrollTop } = dialog;
  const focused = document.activeElement.id;
  const address = submitter?.getAttribute("formaction") ?? form.action;
  const answer = await fetchPane(address, { method: "POST", body });
  if (!answer) return;
  dialog.replaceChildren(answer.partial);
  (byId(focused) ?? dialog.querySelector("h2")).focus({ preventScroll: true });
  dialog.scrollTop = scrollTop;
  dialog.dispatchEvent(new CustomEvent("sent", { bubbles: true }));
}
