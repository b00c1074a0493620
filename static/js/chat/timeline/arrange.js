// What stands between rows: day lines, and the grouping of consecutive posts of one author.

import { clone } from "../page.js";
import { dayKey, dayTitle } from "../text/dates.js";

const GROUP_MS = 5 * 60 * 1_000;

/** Bring the row's day line and grouping in line with the row before it. */
export function arrange(row, messageOf) {
  const message = messageOf(row);
  const before = previousRow(row);
  const previous = before && messageOf(before);
  placeDay(row, message, previous);
  row.classList.toggle("follow", follows(message, previous) && !newLineBefore(row));
  hideQuoteOfNeighbour(row, message, previous);
}

export function previousRow(row) {
  let before = row.previousElementSibling;
  while (before && !before.dataset.message) before = before.previousElementSibling;
  return before;
}

export function nextRow(row) {
  let after = row.nextElementSibling;
  while (after && !after.dataset.message) after = after.nextElementSibling;
  return after;
}

/** Whether a message stands in one group with the one before it. */
export function follows(message, previous) {
  if (!previous || message.quote || previous.author.username !== message.author.username) {
    return false;
  }
  const gap = new Date(message.created_at) - new Date(previous.created_at);
  return gap < GROUP_MS && message.to.username === previous.to.username && sameDay(message, previous);
}

function sameDay(one, other) {
  return dayKey(new Date(one.created_at)) === dayKey(new Date(other.created_at));
}

function placeDay(row, message, previous) {
  const known = dayLineBefore(row);
  if (previous && sameDay(message, previous)) {
    known?.remove();
    return;
  }
  const date = new Date(message.created_at);
  const line = known ?? clone("day");
  line.dataset.day = dayKey(date);
  line.firstElementChild.dateTime = dayKey(date);
  line.firstElementChild.textContent = dayTitle(date);
  if (!known) (newLineBefore(row) ?? row).before(line);
}

function newLineBefore(row) {
  const before = row.previousElementSibling;
  return before?.id === "new-line" ? before : null;
}

function dayLineBefore(row) {
  const before = (newLineBefore(row) ?? row).previousElementSibling;
  return before?.dataset.day ? before : null;
}

// An assistant's answer right below its question needs no quotation of it.
function hideQuoteOfNeighbour(row, message, previous) {
  const link = row.querySelector(".quote");
  const answersAbove = message.author.kind === "assistant" && message.reply_to === previous?.id;
  link.hidden = !message.quote?.text || answersAbove;
}
