// What can be done to a message: the bar on the row under the pointer or focus, the sheet on a phone.

import { actOnAnswer, answerActionsFor, rerun } from "./answer_actions.js";
import { byId, emojis, mayModerate, me, members, room, t } from "./page.js";
import { openSide } from "./side.js";
import { copyText } from "./text/clipboard.js";
import { editRow } from "./timeline/edit.js";
import { walkByKeys } from "./timeline/keys.js";

const LONG_PRESS_MS = 450;
const TOLERANCE_PX = 10;
const CLICK_WITHIN_MS = 50;

export class Actions {
  #row = null;

  constructor({ timeline, messageOf, command, composer }) {
    Object.assign(this, { timeline, messageOf, command, composer });
    this.bar = byId("actions");
    this.sheet = byId("sheet");
    this.picker = byId("emojis");
    this.#fillEmojis();
    this.#listen();
  }

  /** Edit the newest message of mine. Returns whether there was one. */
  editLast() {
    const rows = [...this.timeline.querySelectorAll("[data-message]")];
    const row = rows.findLast((one) => this.#isMine(one));
    if (row) this.#edit(row);
    return Boolean(row);
  }

  #listen() {
    const { timeline } = this;
    timeline.addEventListener("pointerover", ({ target, pointerType }) => {
      if (pointerType === "mouse") this.#show(target.closest("[data-message]"));
    });
    timeline.addEventListener("focusin", ({ target }) => this.#show(target.closest("[data-message]")));
    timeline.addEventListener("pointerleave", () => this.#hide());
    timeline.addEventListener("click", (click) => this.#clicked(click));
    walkByKeys({ timeline, bar: this.bar, leave: () => this.composer?.field.focus() });
    this.#listenForLongPress();
    for (const place of [this.sheet, this.picker]) {
      place.addEventListener("click", ({ target }) => this.#chosen(place, target));
    }
  }

  #fillEmojis() {
    for (const row of document.querySelectorAll("[data-emojis]")) {
      row.append(
        ...emojis.map((emoji) => {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = button.dataset.emoji = emoji;
          return button;
        }),
      );
    }
  }

  #show(row) {
    if (!row || row.querySelector(".edit-form")) {
      this.#hide();
      return;
    }
    if (this.bar.parentElement === row && !this.bar.hidden) return;
    this.#offer(this.bar, row);
    row.append(this.bar);
    this.bar.hidden = false;
  }

  #hide() {
    if (!this.bar.matches(":focus-within") && !this.picker.matches(":popover-open")) {
      this.bar.hidden = true;
    }
  }

  // What cannot apply is hidden.
  #offer(place, row) {
    const writes = room.role !== "reader";
    const reacts = writes && room.role !== null; // a visitor joins by posting first
    const allowed = {
      react: reacts, reply: writes, copy: true,
      edit: this.#isMine(row) && writes,
      delete: this.#isMine(row) || mayModerate(),
      remember: reacts && members.some(({ kind }) => kind === "assistant"),
      ...answerActionsFor(this.messageOf(row)),
    };
    for (const button of place.querySelectorAll("[data-do]")) button.hidden = !allowed[button.dataset.do];
    for (const emoji of place.querySelectorAll("[data-emojis]")) emoji.hidden = !reacts;
    this.#row = row;
  }

  #isMine(row) {
    return this.messageOf(row)?.author.username === me.username;
  }

  #clicked({ target }) {
    const row = target.closest("[data-message]");
    if (!row) return;
    const emoji = target.closest("[data-emoji]");
    const button = target.closest("[data-do]");
    if (emoji) this.#react(row, emoji.dataset.emoji);
    else if (button) this.#do(button.dataset.do, row, button);
  }

  #chosen(place, target) {
    const row = this.#row;
    const button = target.closest("[data-do], [data-emoji]");
    if (!button && target !== place) return;
    if (place === this.sheet) this.sheet.close();
    else this.picker.hidePopover();
    if (!button) return;
    if (button.dataset.emoji) this.#react(row, button.dataset.emoji);
    else this.#do(button.dataset.do, row, button);
  }

  #do(what, row, button) {
    const message = this.messageOf(row);
    if (what === "react") this.#pick(row, button);
    if (what === "reply") this.composer?.quote(message);
    if (what === "copy") copyText(message.text, t("copied"));
    if (what === "remember") openSide(`/messages/${message.id}/remember/`);
    if (what === "edit") this.#edit(row);
    if (what === "delete") this.#delete(row, message);
    actOnAnswer(what, message);
  }

  #react(row, emoji) {
    this.command("reaction.toggle", { message: this.messageOf(row).id, emoji });
  }

  #pick(row, button) {
    this.#row = row;
    this.picker.showPopover();
    const { right, bottom } = button.getBoundingClientRect();
    this.picker.style.left = `${Math.max(8, right - this.picker.offsetWidth)}px`;
    this.picker.style.top = `${Math.min(bottom + 4, innerHeight - this.picker.offsetHeight - 8)}px`;
    this.picker.querySelector("button").focus();
  }

  #edit(row) {
    this.bar.hidden = true;
    const message = this.messageOf(row);
    editRow(row, message, {
      save: (text) => this.command("message.edit", { message: message.id, text }),
      rerun: (text) => rerun(message, text),
    });
  }

  #delete(row, message) {
    const dialog = byId("confirm");
    dialog.returnValue = "cancel";
    dialog.showModal();
    const closed = () => {
      if (dialog.returnValue === "delete") this.command("message.delete", { message: message.id });
      else row.focus();
    };
    dialog.addEventListener("close", closed, { once: true });
  }

  #listenForLongPress() {
    let timer = 0;
    let from = null;
    const { timeline } = this;
    const cancel = () => clearTimeout(timer);
    timeline.addEventListener("pointerdown", (press) => {
      const row = press.target.closest("[data-message]");
      if (press.pointerType === "mouse" || !row || row.querySelector(".edit-form")) return;
      from = press;
      timer = setTimeout(() => this.#openSheet(row), LONG_PRESS_MS);
    });
    timeline.addEventListener("pointermove", (move) => {
      if (from && Math.hypot(move.x - from.x, move.y - from.y) > TOLERANCE_PX) cancel();
    });
    for (const end of ["pointerup", "pointercancel"]) timeline.addEventListener(end, cancel);
    timeline.addEventListener("contextmenu", (menu) => {
      if (this.sheet.open) menu.preventDefault();
    });
  }

  #openSheet(row) {
    getSelection().removeAllRanges();
    this.#offer(this.sheet, row);
    this.sheet.showModal();
    swallowClickOfThisPress();
  }
}

// Lifting the finger that opened the sheet clicks on whatever is under it now.
function swallowClickOfThisPress() {
  const swallow = (click) => {
    click.stopPropagation();
    click.preventDefault();
  };
  const release = () => document.removeEventListener("click", swallow, true);
  const stop = () => setTimeout(release, CLICK_WITHIN_MS);
  document.addEventListener("click", swallow, true);
  document.addEventListener("pointerup", stop, { once: true });
  document.addEventListener("pointerdown", release, { once: true, capture: true }); // the next press
}
