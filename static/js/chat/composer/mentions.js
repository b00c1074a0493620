// Completion of people and AI after an `@`, and of corpora after a `#`.

import { byId, me } from "../page.js";
import { folded } from "../text/cleaned.js";
import { choice, corpusChoice, placeAbove } from "./choices.js";
import { Corpora } from "./corpora.js";

const MOST = 8;
// Chinese and Japanese put no space before it, and their keyboards give the full-width one.
const TRIGGER = /(?:^|[^\w@＠#＃])([@＠#＃])([^\s@＠#＃]*)$/;

export class Mentions {
  #at = null; // {start, end} of "@query" in the text

  /** `picked(member, {start, end})` and `named(slug, {start, end})` put the choice into the text. */
  constructor({ field, store, picked, named }) {
    Object.assign(this, { field, store, picked, named });
    this.corpora = new Corpora();
    this.menu = byId("mentions");
    field.addEventListener("input", () => this.#update());
    field.addEventListener("blur", () => this.close());
    this.menu.addEventListener("pointerdown", (press) => press.preventDefault());
    this.menu.addEventListener("click", (click) => this.#pick(click.target.closest("button")));
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
    this.#at = null;
    if (this.menu.matches(":popover-open")) this.menu.hidePopover();
    this.field.removeAttribute("aria-activedescendant");
  }

  #update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const match = TRIGGER.exec(before);
    const options = match ? this.#options(folded(match[1]), folded(match[2])) : [];
    if (!options.length) {
      this.close();
      return;
    }
    this.#at = { start: before.length - match[2].length - 1, end: before.length };
    this.#open(options);
  }

  #options(sign, query) {
    if (sign === "@") return this.#people(query).map((member) => choice(member, "option"));
    return this.corpora.found(query, () => this.#update()).map(corpusChoice);
  }

  #people(query) {
    const fits = ({ username, name }) =>
      username !== me.username &&
      (username.startsWith(query) || folded(name).includes(query));
    const assistantsFirst = (one, other) => one.kind.localeCompare(other.kind);
    return [...this.store.members.values()].filter(fits).sort(assistantsFirst).slice(0, MOST);
  }

  #open(options) {
    options.forEach((option, index) => {
      option.id = `mention-${index}`;
      option.tabIndex = -1;
    });
    this.menu.replaceChildren(...options);
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
    const { username, corpus } = option.dataset;
    if (corpus) this.named(corpus, at);
    else this.picked(this.store.members.get(username), at);
  }
}
