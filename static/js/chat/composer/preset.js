// Another preset for the one next question to an AI, and the way to the parameters of all of them.

import { byId, t } from "../page.js";
import { say } from "../status.js";

export class PresetChoice {
  constructor(addressee) {
    this.addressee = addressee;
    this.field = byId("preset");
    this.button = byId("parameters");
    this.address = this.button.dataset.side;
    addressee.addEventListener("change", () => this.#show());
    byId("side").addEventListener("sent", () => this.#refresh());
    this.#show();
  }

  /** The slug for the message that is being sent, or nothing; the one after has none. */
  take() {
    const { value } = this.field;
    this.field.value = "";
    return this.addressee.to.kind === "assistant" ? value : "";
  }

  /** What may be chosen: [{slug, name}]. */
  all() {
    const options = [...this.field.options].filter(({ value }) => value);
    return options.map(({ value, text }) => ({ slug: value, name: text.trim() }));
  }

  /** Ask the next question with this preset. It goes to an AI: to the room's first, if nobody else. */
  choose(slug) {
    if (this.addressee.to.kind !== "assistant") this.addressee.setAssistant();
    this.field.value = slug;
    say(t("preset_chosen", { name: this.field.selectedOptions[0].text.trim() }));
  }

  #show() {
    const { kind, username } = this.addressee.to;
    const toAssistant = kind === "assistant";
    this.field.hidden = !toAssistant;
    const query = toAssistant ? `?assistant=${encodeURIComponent(username)}` : "";
    for (const button of [this.button, byId("room-parameters")]) {
      button.dataset.side = this.address + query;
    }
  }

  // Presets may have been made, renamed or deleted in the pane.
  async #refresh() {
    const response = await fetch(this.field.dataset.choices).catch(() => null);
    if (!response?.ok) return;
    const chosen = this.field.value;
    const none = this.field.options[0];
    const options = document.createElement("template");
    options.innerHTML = await response.text(); // our own server's template, escaped there
    this.field.replaceChildren(none, ...options.content.children);
    this.field.value = chosen;
    if (this.field.selectedIndex < 0) this.field.value = "";
  }
}
