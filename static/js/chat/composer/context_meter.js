// How full the context of the assistant that is addressed would be, counted by the server each time
// that something was said or remembered.

import { byId, room, t } from "../page.js";
import { say } from "../status.js";

const PAUSE_MS = 400; // several things said at once are counted once

export class ContextMeter {
  #assistant = "";
  #timer = 0;
  #told = false;

  constructor(store) {
    this.place = byId("context");
    store.addEventListener("change", ({ detail }) => {
      if (detail.kind === "message" || detail.kind === "removed") this.#soon();
    });
    byId("side").addEventListener("sent", () => this.#soon()); // a fact may have been changed there
  }

  /** Show the context of the addressee, if it is an assistant. */
  follow({ kind, username }) {
    const assistant = kind === "assistant" ? username : "";
    if (assistant === this.#assistant) return;
    this.#assistant = assistant;
    this.place.hidden = true;
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    if (this.#assistant) this.#timer = setTimeout(() => this.#count(), PAUSE_MS);
  }

  async #count() {
    const assistant = this.#assistant;
    const query = new URLSearchParams({ assistant });
    const response = await fetch(`/api/v1/rooms/${room.slug}/context/?${query}`).catch(() => null);
    if (assistant !== this.#assistant) return;
    if (response?.ok) this.#show(await response.json());
    else this.place.hidden = true; // what nobody counted is not shown
  }

  #show({ tokens, budget, is_exact: isExact, summarised }) {
    const meter = this.place.querySelector("meter");
    [meter.max, meter.value] = [budget, tokens];
    const numbers = { tokens: tokens.toLocaleString(), budget: budget.toLocaleString() };
    const sentence = t(isExact ? "context" : "context_about", numbers);
    this.place.querySelector("span").textContent =
      `${isExact ? "" : "≈ "}${numbers.tokens} / ${numbers.budget}`;
    this.place.querySelector("small").hidden = !summarised;
    this.place.title = sentence;
    this.place.setAttribute("aria-label", summarised ? `${sentence} ${t("summarised")}` : sentence);
    this.place.hidden = false;
    if (summarised && !this.#told) say(t("summarised"));
    this.#told = summarised;
  }
}
