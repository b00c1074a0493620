// The chips below an answer that say what the assistant did with tools, with details that open.

import { clone, t, words } from "../page.js";

const shown = new WeakMap(); // list → what it shows: a chip that somebody opened stays open

/** The uses of tools that `message` tells of; only answers do. */
export function usesOf({ author, reply }) {
  return (reply?.assistant === author.username && reply.passport?.tools) || [];
}

/** Fill a row's list with `uses`, as the passport and `reply.status` have them. */
export function fillTools(list, uses) {
  const told = JSON.stringify(uses);
  if (shown.get(list) === told) return;
  shown.set(list, told);
  const open = [...list.children].map((chip) => chip.open);
  list.replaceChildren(...uses.map(chip));
  [...list.children].forEach((chip, place) => (chip.open = Boolean(open[place])));
}

function chip(use) {
  const row = clone("tool-use");
  row.classList.toggle("failed", Boolean(use.error));
  row.querySelector("summary").textContent = wordsOf(use);
  const asked = Object.entries(use.arguments).map(([name, value]) => `${name}: ${value}`);
  row.querySelector("[data-part=asked]").textContent = asked.join(" · ") || use.name;
  row.querySelector("[data-part=found]").textContent = use.result;
  return row;
}

function wordsOf({ name, count, ms, error }) {
  const tool = words[`tool_${name}`] ?? t("tool");
  if (error) return t("tool_failed", { tool, error: words[`error_${error}`] ?? error });
  if (ms === null) return t("tool_runs", { tool });
  return count === null ? tool : t("tool_found", { tool, count });
}
