// Three voices: the polite status line for screen readers, the toast for refusals, the banner about
// the connection.

import { keepFocus } from "./focus.js";
import { byId, t } from "./page.js";

const READING_MS = 6_000;
const PATIENCE_MS = 1_500; // a short break is not worth a banner
const SPOKEN_MS = 30_000; // until then a slow voice has begun with it

let hiding = 0;

/** Tell people who listen instead of look; `text` is a quotation in the language `lang`. */
export function say(sentence, { text = "", lang = "" } = {}) {
  const line = document.createElement("p");
  line.textContent = sentence;
  if (text) line.append(" ", quotation(text, lang));
  byId("status").append(line);
  setTimeout(() => line.remove(), SPOKEN_MS);
}

function quotation(text, lang) {
  const quoted = document.createElement("span");
  quoted.textContent = text;
  if (lang) quoted.lang = lang;
  return quoted;
}

/** Show a refusal to the reader for a while. */
export function warn(sentence) {
  const toast = byId("toast");
  toast.textContent = sentence;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), READING_MS);
}

/** Show what is true about the line for as long as it is not open. */
export function showLine(connection) {
  const banner = byId("connection");
  let timer = 0;
  connection.addEventListener("line", ({ detail: { state, retryAt } }) => {
    document.documentElement.dataset.line = state;
    if (state === "open") {
      clearTimeout(timer);
      timer = 0;
      keepFocus(() => (banner.hidden = true));
      return;
    }
    banner.querySelector("span").textContent = sentenceFor(state, retryAt);
    const again = banner.querySelector("button");
    keepFocus(() => (again.hidden = state !== "waiting"));
    timer ||= setTimeout(() => (banner.hidden = false), PATIENCE_MS);
  });
  banner.querySelector("button").addEventListener("click", () => connection.retryNow());
}
function sentenceFor(state, retryAt) {
  if (state === "signed_out" || state === "refused") return t(state);
  if (!navigator.onLine) return t("offline");
  const seconds = Math.ceil((retryAt - Date.now()) / 1_000);
  return seconds > 1 ? t("reconnecting_in", { seconds }) : t("reconnecting");
}
