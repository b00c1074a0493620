// The transcript on screen: follows the store, row by row.

import { keepFocus } from "../focus.js";
import { byId, clone, timezone } from "../page.js";
import { isUnfinished } from "../store/room_store.js";
import { dayTitle } from "../text/dates.js";
import { enrich } from "../text/enrich.js";
import { arrange, nextRow, previousRow } from "./arrange.js";
import { citationsOf, putPills } from "./citations.js";
import { fillRow, messageRow, showTime } from "./rows.js";
import { showVersion } from "./versions.js";

export class Timeline {
  constructor({ store, scroller, replies, nameOf }) {
    Object.assign(this, { store, scroller, replies, nameOf });
    this.rows = byId("rows");
    this.messageOf = (row) => store.messages.get(Number(row.dataset.message));
    this.placed = (row) => this.#placed(this.messageOf(row));
    store.addEventListener("change", ({ detail }) => this.#changes[detail.kind]?.(detail));
  }

  /** Take over the rows that came with the page. */
  adopt() {
    const sameZone = Intl.DateTimeFormat().resolvedOptions().timeZone === timezone;
    for (const row of this.#all()) {
      const message = this.messageOf(row);
      showTime(row, message);
      showVersion(row, this.store.versions.countOf(message));
      putPills(row.querySelector(".prose"), citationsOf(message));
      if (!sameZone) arrange(row, this.placed);
    }
    for (const line of this.rows.querySelectorAll(".day time")) {
      line.textContent = dayTitle(new Date(`${line.dateTime}T12:00`));
    }
    enrich(this.rows);
    for (const reply of this.store.replies.values()) this.#showReply(reply);
    this.#letTabReachTheLast();
  }

  /** Draw the "new messages" line above the first message of others that came while away. */
  markNew(seq) {
    byId("new-line")?.remove();
    const row = this.#all().find(({ dataset }) => Number(dataset.seq) > seq);
    row?.before(clone("new-line"));
    if (row) arrange(row, this.placed);
  }

  lastRow() {
    return this.#all().at(-1);
  }

  lastMessage() {
    const row = this.lastRow();
    return row && this.messageOf(row);
  }

  /** The row of a message, or the one that shows another version in its place. */
  rowOf(id) {
    const message = this.store.messages.get(Number(id));
    const ids = message ? this.store.versions.of(message).map((version) => version.id) : [];
    return [id, ...ids].map((one) => byId(`message-${one}`)).find(Boolean);
  }

  /** Draw a message, or what is shown in its place. */
  show(message) {
    this.#show(this.store.versions.shown(message));
  }

  #changes = {
    message: ({ message }) => this.show(message),
    removed: ({ id, message }) => this.#remove(id, message),
    older: ({ messages }) => this.#prepend(messages),
    reply: ({ reply }) => this.#showReply(reply),
  };

  #all() {
    return [...this.rows.querySelectorAll("[data-message]")];
  }

  #show(message) {
    const known = this.rowOf(message.id);
    this.scroller.keep(() => {
      if (!known) this.#insert(message);
      else if (this.messageOf(known) === message) fillRow(known, message);
      else this.#turn(known, message);
      const row = this.rowOf(message.id);
      showVersion(row, this.store.versions.countOf(message));
      this.#arrangeAround(row);
    });
  }

  #turn(row, message) {
    const arrow = row.querySelector("[data-turn]:focus")?.dataset.turn;
    const fresh = this.#rowFor(message);
    fresh.tabIndex = row.tabIndex;
    showVersion(fresh, this.store.versions.countOf(message));
    const next = () => fresh.querySelector(`[data-turn="${arrow}"]:enabled`) ?? fresh;
    keepFocus(() => row.replaceWith(fresh), next);
  }

  #rowFor(message) {
    const row = messageRow(message, this.nameOf);
    row.dataset.seq = this.store.versions.placeOf(message).seq;
    return row;
  }

  #placed(message) {
    return { ...message, created_at: this.store.versions.placeOf(message).createdAt };
  }

  #insert(message) {
    const row = this.#rowFor(message);
    row.classList.add("fresh");
    const seq = Number(row.dataset.seq);
    let after = this.rows.lastElementChild;
    while (after && !(Number(after.dataset.seq) < seq)) after = after.previousElementSibling;
    while (after?.nextElementSibling?.dataset.reply) after = after.nextElementSibling;
    if (after) after.after(row);
    else this.rows.prepend(row);
    if (!this.rows.contains(document.activeElement)) this.#letTabReachTheLast();
  }

  // Tab enters the transcript at its end; the arrow keys go on from there.
  #letTabReachTheLast() {
    for (const row of this.#stops()) row.tabIndex = -1;
    this.lastRow()?.setAttribute("tabindex", "0");
  }

  #stops() {
    return this.#all().filter(({ tabIndex }) => tabIndex === 0);
  }

  #remove(id, message) {
    const row = byId(`message-${id}`);
    const other = message && this.store.versions.answerTo(message.reply_to, message.author.username);
    if (row && other) this.scroller.keep(() => this.#turn(row, other));
    else if (row) this.#takeOut(row);
    else if (other) this.#show(other);
  }

  #takeOut(row) {
    const after = nextRow(row);
    const neighbour = after ?? previousRow(row);
    const remove = () => keepFocus(() => row.remove(), () => neighbour);
    this.scroller.keep(() => {
      const before = row.previousElementSibling;
      remove();
      if (before?.dataset.day && !after) before.remove();
      if (after) arrange(after, this.placed);
    });
    if (!this.#stops().length) this.#letTabReachTheLast();
  }

  #prepend(messages) {
    const first = this.rows.querySelector("[data-message]");
    const rows = this.#rowsOf(messages);
    this.rows.prepend(...rows);
    for (const row of [...rows, first]) if (row?.isConnected) arrange(row, this.placed);
    for (const reply of this.store.unanswered()) this.#showReply(reply);
  }

  // One row for each answer, where its first version came; what was shown further down moves there.
  #rowsOf(messages) {
    const rows = new Map();
    for (const message of messages) {
      const shown = this.store.versions.shown(message);
      if (rows.has(shown.id)) continue;
      const below = this.rowOf(shown.id);
      if (below) this.#takeOut(below);
      const row = this.#rowFor(shown);
      showVersion(row, this.store.versions.countOf(shown));
      rows.set(shown.id, row);
    }
    return [...rows.values()];
  }

  #arrangeAround(row) {
    arrange(row, this.placed);
    const after = nextRow(row);
    if (after) arrange(after, this.placed);
  }

  #showReply(reply) {
    if (isUnfinished(reply) || reply.answered || this.rowOf(reply.question)) this.replies.show(reply);
  }
}
