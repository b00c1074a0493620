// Choices of the browser that the server should know before it draws: the theme, the pane.

import { byId } from "./page.js";

const YEAR_S = 365 * 24 * 60 * 60;

function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

export function listenForPreferences() {
  byId("theme-switch").addEventListener("click", switchTheme);
  byId("pane-toggle").addEventListener("click", togglePane);
}

function switchTheme() {
  const root = document.documentElement;
  const dark = getComputedStyle(root).colorScheme === "dark" || isDarkSystem(root);
  root.dataset.theme = dark ? "light" : "dark";
  remember("theme", root.dataset.theme);
}

function isDarkSystem(root) {
  const open = !["light", "dark"].includes(root.dataset.theme);
  return open && matchMedia("(prefers-color-scheme: dark)").matches;
}

function togglePane() {
  const closed = document.querySelector(".app").classList.toggle("pane-closed");
  byId("pane-toggle").setAttribute("aria-expanded", String(!closed));
  remember("pane", closed ? "closed" : "open");
}
