// One line of a menu of people and AI, or of corpora.

import { clone } from "../page.js";

export function choice({ username, name, kind, avatar }, role) {
  const button = clone("choice");
  button.dataset.username = username;
  button.setAttribute("role", role);
  button.querySelector("img").src = avatar;
  button.querySelector(".name").textContent = name;
  button.querySelector(".badge").hidden = kind !== "assistant";
  button.querySelector(".handle").textContent = `@${username}`;
  return button;
}

/** A corpus that a question may name. */
export function corpusChoice({ slug, name }) {
  const button = clone("choice");
  button.dataset.corpus = slug;
  button.setAttribute("role", "option");
  for (const part of button.querySelectorAll("img, .badge")) part.remove();
  button.querySelector(".name").textContent = name;
  button.querySelector(".handle").textContent = `#${slug}`;
  return button;
}

/** Put a floating element above its anchor, inside the window. */
export function placeAbove(menu, anchor) {
  const { left, top } = anchor.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, top - menu.offsetHeight - 6)}px`;
}
