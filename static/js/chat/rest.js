// Orders over HTTP, for which the socket has no command.

import { t } from "./page.js";
import { warn } from "./status.js";

/** POST to `/api/v1/…`. Resolves with {answer}, or with {refusal}: a sentence that was shown. */
export async function post(path, body = {}) {
  const response = await send(path, body);
  const answer = await response?.json().catch(() => null); // a proxy's page is no JSON
  if (response?.ok) return { answer, refusal: "" };
  const refusal = answer?.message ?? t("no_answer");
  warn(refusal);
  return { refusal };
}

async function send(path, body) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "content-type": "application/json", "x-csrftoken": token };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  return fetch(`/api/v1/${path}`, request).catch(() => null);
}
