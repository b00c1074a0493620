// Where people write: addressee, quotation, draft, sending, and stopping the reply to oneself.

import { keepFocus } from "../focus.js";
import { byId, maxText, me, t } from "../page.js";
import { say, warn } from "../status.js";
import { cleaned, countOf } from "../text/cleaned.js";
import { Addressee } from "./addressee.js";
import { Commands } from "./commands.js";
import { ContextMeter } from "./context_meter.js";
import { grow, onEnter } from "./field.js";
import { Mentions } from "./mentions.js";
import { PresetChoice } from "./preset.js";

const NEARLY_FULL = 500; // characters left when the count appears

export class Composer {
  #quote = null;
  #fullness = "";

  /** `typing()` is called while somebody writes, `stop(reply)` to end the reply to them. */
  constructor({ store, outbox, draft, typing, stop }) {
    Object.assign(this, { store, outbox, draft, typing, stop });
    this.form = byId("composer");
    this.field = byId("text");
    this.button = byId("send");
    this.addressee = new Addressee(store);
    this.preset = new PresetChoice(this.addressee);
    this.context = new ContextMeter(store);
    this.mentions = new Mentions({
      field: this.field,
      store,
      picked: (member, at) => this.#mention(member, at),
      named: (corpus, at) => this.#insert(`#${corpus} `, at),
    });
    this.commands = new Commands({
      field: this.field,
      presets: () => this.preset.all(),
      choose: (slug) => this.preset.choose(slug),
      insert: (text, at) => this.#insert(text, at),
    });
    this.#listen();
    this.#restore();
  }

  /** Quote a message in the next one; null quotes nothing. */
  quote(message) {
    this.#quote = message;
    const chip = byId("quoting");
    chip.hidden = !message;
    chip.querySelector("span").textContent = message ? `${message.author.name}: ${message.text}` : "";
    if (message && !this.#onlyAssistant()) this.#addressAuthor(message.author);
    this.field.focus();
  }

  // A reply to a person is not for the AI that the message before was for.
  #addressAuthor({ kind, username }) {
    this.addressee.set(kind === "assistant" ? username : undefined);
  }

  address(username) {
    this.addressee.set(username);
    this.field.focus();
  }

  /** Edit the newest own message with the arrow key, when nothing is written. */
  onEditLast(edit) {
    this.editLast = edit;
  }

  #listen() {
    this.form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      this.#act();
    });
    // A press on the button must not close the keyboard of a phone.
    this.button.addEventListener("mousedown", (press) => press.preventDefault());
    onEnter(this.field, () => this.#submit(), (key) => this.#took(key));
    this.field.addEventListener("input", () => {
      if (this.field.value) this.typing();
      this.#changed();
    });
    this.addressee.addEventListener("change", () => this.#save());
    byId("quoting").querySelector("button").addEventListener("click", () => this.quote(null));
    this.store.addEventListener("change", ({ detail }) => detail.kind === "reply" && this.#showButton());
  }

  #took(key) {
    return this.mentions.key(key) || this.commands.key(key) || this.#shortcut(key);
  }

  #shortcut(key) {
    if (key.key === "Escape" && this.#quote) this.quote(null);
    else if (key.key === "ArrowUp" && !this.field.value) return this.editLast?.() ?? false;
    return false;
  }

  #restore() {
    const { text = "", to } = this.draft.read();
    const partner = this.#onlyAssistant();
    this.field.value ||= text; // somebody may have typed before this script ran
    if (partner || to) this.addressee.set(partner?.username ?? to);
    this.#changed();
  }

  // In a conversation of two, an assistant is always the addressee.
  #onlyAssistant() {
    const others = [...this.store.members.values()].filter(({ username }) => username !== me.username);
    return this.addressee.chip.hidden && others[0]?.kind === "assistant" ? others[0] : null;
  }

  #changed() {
    grow(this.field);
    this.#showCount();
    this.#showButton();
    this.#save();
  }

  #save() {
    this.context.follow(this.addressee.forText(this.#text()));
    this.draft.write({ text: this.field.value, to: this.addressee.to.username });
  }

  #showCount() {
    const left = maxText - countOf(this.#text());
    const line = byId("too-long");
    line.hidden = left > NEARLY_FULL;
    line.textContent = left < 0 ? t("too_long", { count: -left }) : t("left", { count: left });
    this.#sayFullness(line, left < 0 ? "over" : "near");
  }

  // Not at every character, only when the limit comes near and when it is passed.
  #sayFullness(line, fullness) {
    const now = line.hidden ? "" : fullness;
    if (now && now !== this.#fullness) say(line.textContent);
    this.#fullness = now;
  }

  #showButton() {
    const text = this.#text();
    const stops = !text && Boolean(this.store.replyAskedBy(me.username));
    const does = stops ? "stop" : "send";
    this.button.dataset.does = does;
    keepFocus(() => (this.button.disabled = !stops && !this.#fits(text)));
    this.button.setAttribute("aria-label", t(does));
    this.button.querySelector("use").setAttribute("href", `#icon-${does}`);
  }

  #text() {
    return cleaned(this.field.value);
  }

  #fits(text) {
    return Boolean(text) && countOf(text) <= maxText;
  }

  #act() {
    if (this.button.dataset.does !== "stop") {
      this.#submit();
      return;
    }
    // Of keys the focus goes to the field afterwards; of a finger that would open the keyboard.
    if (!this.button.matches(":focus-visible")) this.button.blur();
    this.stop(this.store.replyAskedBy(me.username));
  }

  #submit() {
    const text = this.#text();
    if (!this.#fits(text) || this.#obeyed(text)) return;
    const entry = { client_id: crypto.randomUUID(), text, to: this.addressee.forText(text) };
    if (this.#quote) entry.reply_to = this.#quote.id;
    const preset = this.preset.take();
    if (preset) entry.preset = preset;
    this.field.value = "";
    if (this.#quote) this.quote(null);
    this.#changed();
    this.outbox.add(entry);
  }

  #obeyed(text) {
    const choose = (slug) => {
      this.#insert("", { start: 0, end: this.field.value.length });
      this.preset.choose(slug);
    };
    return this.commands.obey(text, { choose, refuse: warn });
  }

  // At the beginning `@name` picks the addressee; inside a sentence it stays in the text.
  #mention(member, { start, end }) {
    const { value } = this.field;
    const atBeginning = !value.slice(0, start).trim();
    if (atBeginning) this.addressee.set(member.username);
    this.#insert(atBeginning ? "" : `@${member.username} `, { start, end });
  }

  #insert(text, { start, end }) {
    this.field.setRangeText(text, start, end, "end");
    this.#changed();
  }
}
