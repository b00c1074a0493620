// Keeps the focus on the page when what holds it goes away: else the next Tab starts at the top.

import { byId } from "./page.js";

/** Run `change`. If it takes the focused element away, focus what `next()` names. */
export function keepFocus(change, next = home) {
  const focused = document.activeElement;
  change();
  if (isThere(focused)) return;
  const successor = next() ?? home();
  successor.focus({ preventScroll: true });
}

const home = () => byId("text") ?? byId("timeline");
const isThere = (element) => element.checkVisibility() && !element.matches(":disabled");
