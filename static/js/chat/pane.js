// Fetches the partials of the pane. Where none comes, the reader is told: in the pane while it is open,
// since what lies behind it on a phone is neither seen nor read out.

import { byId, t } from "./page.js";
import { warn } from "./status.js";

/** Resolves with {partial, ok}, or with null once it was told that the site did not answer with one. */
export async function fetchPane(address, request) {
  const response = await fetch(address, request).catch(() => null);
  if (response?.redirected) location.reload(); // signed out meanwhile: the page asks for it and comes back
  const answer = document.createElement("template");
  answer.innerHTML = (await response?.text().catch(() => "")) ?? ""; // our own server's template, escaped there
  const partial = answer.content;
  if (partial.querySelector(".pane-head")) return { partial, ok: response.ok };
  if (!response?.redirected) tell(t("no_answer"));
  return null;
}

function tell(sentence) {
  const pane = byId("side");
  if (!pane.open) return warn(sentence);
  for (const former of pane.querySelectorAll(":scope > .notice")) former.remove();
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.role = "alert";
  notice.textContent = sentence;
  pane.querySelector(".pane-head").after(notice);
}
