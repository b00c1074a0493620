// A list of what may be meant by the word that is being written; keys and clicks choose from it.

import { placeAbove } from "./choices.js";

export class Completion {
  #at = null; // {start, end} of the word in the text

  /** `find(before)` gives {start, options: [element]} for the text before the caret, or nothing;
      `picked(option, {start, end})` puts the choice into the text. */
  constructor({ field, menu, find, picked }) {
    Object.assign(this, { field, menu, find, picked });
    field.addEventListener("input", () => this.update());
    field.addEventListener("blur", () => this.close());
    menu.addEventListener("pointerdown", (press) => press.preventDefault());
    menu.addEventListener("click", (click) => this.#pick(click.target.closest("button")));
  }

  /** Take the keys of an open list. Returns true when the key was for it. */
  key(key) {
    if (!this.#at) return false;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (key.key in moves) this.#mark(moves[key.key]);
    else if (key.key === "Enter" || (key.key === "Tab" && !key.shiftKey)) this.#pick(this.#marked());
    else if (key.key === "Escape") this.close();
    else return false;
    key.preventDefault();
    return true;
  }

  close() {
    if (!this.#at) return;
    this.#at = null;
    if (this.menu.matches(":popover-open")) this.menu.hidePopover();
    this.field.removeAttribute("aria-activedescendant");
  }

  /** Look at the text again. */
  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const found = this.find(before);
    if (!found?.options.length) {
      this.close();
      return;
    }
    this.#at = { start: found.start, end: before.length };
    this.#open(found.options);
  }

  #open(options) {
    options.forEach((option, index) => {
      option.id = `${this.menu.id}-${index}`;
      option.tabIndex = -1;
    });
    this.menu.replaceChildren(...options);
    this.field.setAttribute("aria-controls", this.menu.id);
    if (!this.menu.matches(":popover-open")) this.menu.showPopover();
    placeAbove(this.menu, this.field.form);
    this.#select(options[0]);
  }

  #marked() {
    return this.menu.querySelector("[aria-selected=true]");
  }

  #mark(step) {
    const options = [...this.menu.children];
    const index = options.indexOf(this.#marked()) + step;
    this.#select(options.at(index % options.length));
  }

  #select(option) {
    this.#marked()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  #pick(option) {
    if (!option) return;
    const at = this.#at;
    this.close();
    this.picked(option, at);
  }
}
