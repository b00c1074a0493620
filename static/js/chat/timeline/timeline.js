// The transcript on screen: follows the store, row by row.

import { keepFocus } from "../focus.js";
import { byId, clone, timezone } from "../page.js";
import { isUnfinished } from "../store/room_store.js";
import { dayTitle } from "../text/dates.js";
import { enrich } from "../text/enrich.js";
import { arrange, nextRow, previousRow } from "./arrange.js";
import { fillRow, messageRow, showTime } from "./rows.js";

export class Timeline {
  constructor({ store, scroller, replies, nameOf }) {
    Object.assign(this, { store, scroller, replies, nameOf });
    this.rows = byId("rows");
    this.messageOf = (row) => store.messages.get(Number(row.dataset.message));
    store.addEventListener("change", ({ detail }) => this.#changes[detail.kind]?.(detail));
  }

  /** Take over the rows that came with the page. */
  adopt() {
    const sameZone = Intl.DateTimeFormat().resolvedOptions().timeZone === timezone;
    for (const row of this.#all()) {
      showTime(row, this.messageOf(row));
      if (!sameZone) arrange(row, this.messageOf);
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
    if (row) arrange(row, this.messageOf);
  }

  lastRow() {
    return this.#all().at(-1);
  }

  lastMessage() {
    const row = this.lastRow();
    return row && this.messageOf(row);
  }

  rowOf(id) {
    return byId(`message-${id}`);
  }

  #changes = {
    message: ({ message }) => this.#show(message),
    removed: ({ id }) => this.#remove(id),
    older: ({ messages }) => this.#prepend(messages),
    reply: ({ reply }) => this.#showReply(reply),
  };

  #all() {
    return [...this.rows.querySelectorAll("[data-message]")];
  }

  #show(message) {
    const known = this.rowOf(message.id);
    this.scroller.keep(() => {
      if (known) fillRow(known, message);
      else this.#insert(message);
      this.#arrangeAround(known ?? this.rowOf(message.id));
    });
  }

  #insert(message) {
    const row = messageRow(message, this.nameOf);
    row.classList.add("fresh");
    let after = this.rows.lastElementChild;
    while (after && !(Number(after.dataset.seq) < message.seq)) after = after.previousElementSibling;
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

  #remove(id) {
    const row = this.rowOf(id);
    if (!row) return;
    const after = nextRow(row);
    const neighbour = after ?? previousRow(row);
    const remove = () => keepFocus(() => row.remove(), () => neighbour);
    this.scroller.keep(() => {
      const before = row.previousElementSibling;
      remove();
      if (before?.dataset.day && !after) before.remove();
      if (after) arrange(after, this.messageOf);
    });
    if (!this.#stops().length) this.#letTabReachTheLast();
  }

  #prepend(messages) {
    const first = this.rows.querySelector("[data-message]");
    const rows = messages.map((message) => messageRow(message, this.nameOf));
    this.rows.prepend(...rows);
    for (const row of [...rows, first]) if (row) arrange(row, this.messageOf);
    for (const reply of this.store.unanswered()) this.#showReply(reply);
  }

  #arrangeAround(row) {
    arrange(row, this.messageOf);
    const after = nextRow(row);
    if (after) arrange(after, this.messageOf);
  }

  #showReply(reply) {
    if (isUnfinished(reply) || reply.answered || this.rowOf(reply.question)) this.replies.show(reply);
  }
}
