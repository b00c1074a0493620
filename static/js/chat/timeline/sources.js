// The list below an answer of the passages that its model read, whether or not it cites them.

import { clone, t } from "../page.js";

/** Fill a row's list with what the answer in `message` was made from. */
export function fillSources(place, { author, reply }) {
  const isAnswer = reply?.assistant === author.username;
  const passages = (isAnswer && reply.passport.passages) || [];
  place.hidden = !passages.length;
  place.querySelector("summary").textContent = t("sources", { count: passages.length });
  place.querySelector("ol").replaceChildren(...passages.map((one) => source(one, reply)));
}

function source({ number, n, title }, reply) {
  const item = clone("source");
  const button = item.querySelector("button");
  button.dataset.side = `/replies/${reply.id}/passages/${number}/`;
  button.querySelector("b").textContent = n ?? "";
  button.querySelector("span").textContent = title;
  return item;
}
