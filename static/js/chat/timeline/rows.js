// Turns a message into its row, by filling the partial that the server uses too.

import { keepFocus } from "../focus.js";
import { assistantLanguage, clone, me, t } from "../page.js";
import { wasStopped } from "../store/room_store.js";
import { fullDate, timeOf } from "../text/dates.js";
import { enrich } from "../text/enrich.js";
import { citationsOf, putPills } from "./citations.js";
import { fillPictures } from "./pictures.js";
import { fillSources } from "./sources.js";
import { fillTools, usesOf } from "./tool_uses.js";

/** A new row for `message`; `nameOf` turns a handle into a display name. */
export function messageRow(message, nameOf) {
  const row = clone("message");
  row.id = `message-${message.id}`;
  row.dataset.message = message.id;
  const head = row.querySelector("header");
  head.id = `by-${message.id}`;
  row.setAttribute("aria-labelledby", head.id);
  row.dataset.seq = message.seq;
  const isAssistant = message.author.kind === "assistant";
  row.classList.toggle("assistant", isAssistant);
  if (isAssistant) row.querySelector(".prose").lang = assistantLanguage;
  const avatar = row.querySelector(".avatar");
  avatar.src = message.author.avatar;
  avatar.dataset.avatar = message.author.username;
  row.querySelector("strong").textContent = message.author.name;
  row.querySelector(".badge").hidden = !isAssistant;
  showAddressee(row, message.to, nameOf);
  fillRow(row, message);
  return row;
}

/** Bring a row up to date with what may change in a message. */
export function fillRow(row, message) {
  fillText(row, message);
  fillPictures(row, message);
  fillTools(row.querySelector(".tool-uses"), usesOf(message));
  fillSources(row.querySelector(".sources"), message);
  row.querySelector(".edited").hidden = !message.edited_at;
  row.querySelector(".stopped").hidden = !wasStopped(message);
  fillStandIn(row.querySelector(".stand-in"), message);
  fillQuote(row.querySelector(".quote"), message.quote);
  fillReactions(row.querySelector(".reactions"), message.reactions);
  showTime(row, message);
}

// Another model than the wanted one may have written an answer: then its passport says so.
function fillStandIn(line, { author, reply }) {
  const note = reply?.assistant === author.username && reply.passport?.fallback;
  line.hidden = !note;
  line.textContent = note ? t("stand_in", note) : "";
}

// A reaction brings the same text again: whoever selects or walks through it is not disturbed.
const shownText = new WeakMap();

function fillText(row, message) {
  const citations = citationsOf(message);
  const told = message.html + JSON.stringify(citations);
  if (shownText.get(row) === told) return;
  shownText.set(row, told);
  const prose = row.querySelector(".prose");
  prose.innerHTML = message.html; // sanitised by the server, which allows no raw HTML
  enrich(prose);
  putPills(prose, citations);
}

export function showTime(row, message) {
  const created = new Date(message.created_at);
  const time = row.querySelector("time");
  time.dateTime = message.created_at;
  time.textContent = timeOf(created);
  time.title = fullDate(created);
}

export function showAddressee(row, to, nameOf) {
  const label = row.querySelector(".to");
  label.hidden = to.kind === "everyone";
  label.querySelector("b").textContent = label.hidden ? "" : nameOf(to.username);
}

function fillQuote(link, quote) {
  link.hidden = !quote?.text;
  if (link.hidden) return;
  link.href = `#message-${quote.id}`;
  link.querySelector("b").textContent = quote.name;
  link.querySelector("span").textContent = quote.text;
}

function fillReactions(list, reactions) {
  const focused = list.contains(document.activeElement) && document.activeElement.dataset.emoji;
  const again = () => list.querySelector(`[data-emoji="${focused}"]`) ?? list.closest(".message");
  keepFocus(() => list.replaceChildren(...reactions.map(reactionChip)), again);
}

function reactionChip({ emoji, count, usernames }) {
  const chip = clone("reaction");
  chip.dataset.emoji = emoji;
  chip.title = usernames.join(", ");
  chip.textContent = `${emoji} ${count}`;
  chip.setAttribute("aria-pressed", String(usernames.includes(me.username)));
  return chip;
}
