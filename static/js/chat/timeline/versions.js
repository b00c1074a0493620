// The versions of an answer: how many there are, and the arrows that lead from one to the next.

import { t } from "../page.js";
import { say } from "../status.js";

/** Show in the row of `message` which one of its versions it is. */
export function showVersion(row, { version, versions }) {
  const place = row.querySelector(".versions");
  place.hidden = versions < 2;
  place.setAttribute("aria-label", t("version_of", { version, versions }));
  place.querySelector("span").textContent = `${version}/${versions}`;
  const [older, newer] = place.querySelectorAll("button");
  older.disabled = version < 2;
  newer.disabled = version >= versions;
}

/** Let the arrows turn; older versions may have to be fetched first. */
export function turnVersions({ timeline, store, showAgain, messageOf, loadOlder }) {
  timeline.addEventListener("click", async ({ target }) => {
    const arrow = target.closest("[data-turn]");
    if (!arrow) return;
    const message = messageOf(arrow.closest("[data-message]"));
    const other = await beside(store.versions, message, Number(arrow.dataset.turn), loadOlder);
    if (!other) return;
    store.versions.show(other);
    showAgain(other);
    say(t("version_of", store.versions.countOf(other)));
  });
}

async function beside(versions, message, step, loadOlder) {
  const find = () => {
    const known = versions.of(message);
    return known[known.indexOf(message) + step];
  };
  while (!find() && step < 0 && (await loadOlder()));
  return find();
}
