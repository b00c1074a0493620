// Rows of my messages that the server has not acknowledged yet.

import { keepFocus } from "../focus.js";
import { clone, me, t } from "../page.js";
import { follows } from "./arrange.js";
import { showAddressee } from "./rows.js";

export class OutgoingRows {
  /** `lastMessage()` is the one that these rows stand below. */
  constructor({ outbox, scroller, list, nameOf, lastMessage }) {
    Object.assign(this, { outbox, scroller, list, nameOf, lastMessage });
    outbox.addEventListener("change", () => this.draw());
    list.addEventListener("click", (click) => this.#act(click.target.closest("[data-do]")));
  }

  draw() {
    let previous = this.lastMessage();
    const rows = this.outbox.entries.map((entry) => {
      const message = messageOf(entry);
      const row = this.#row(entry);
      row.classList.toggle("follow", follows(message, previous));
      previous = message;
      return row;
    });
    this.scroller.keep(() => keepFocus(() => this.list.replaceChildren(...rows)));
  }

  #row(entry) {
    const row = clone("outgoing");
    row.dataset.client = entry.client_id;
    row.classList.toggle("sending", !entry.problem);
    row.querySelector(".prose p").textContent = entry.text;
    row.querySelector(".state span").textContent = entry.problem ?? t("sending");
    row.querySelector(".state").classList.toggle("failed", Boolean(entry.problem));
    for (const button of row.querySelectorAll("[data-do]")) button.hidden = !entry.problem;
    showAddressee(row, entry.to, this.nameOf);
    return row;
  }

  #act(button) {
    if (!button) return;
    const id = button.closest("[data-client]").dataset.client;
    if (button.dataset.do === "retry") this.outbox.retry(id);
    else this.outbox.settle(id);
  }
}

// What the entry will be in the room, so that its row stands there as it will stand then.
function messageOf({ to, reply_to: quoted }) {
  return { author: me, to, quote: quoted, created_at: new Date() };
}
