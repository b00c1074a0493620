// Whom the next message is for: everyone, one member, or one AI.

import { byId, clone, me, t } from "../page.js";
import { folded } from "../text/cleaned.js";
import { choice, placeAbove } from "./choices.js";

export const EVERYONE = { kind: "everyone" };
const NAMED = /(?:^|[^\w@])@(\w(?:[\w.-]*\w)?)/g; // a handle ends in no full stop

/** Dispatches `change` when another addressee was picked. */
export class Addressee extends EventTarget {
  #to = EVERYONE;

  constructor(store) {
    super();
    this.store = store;
    this.chip = byId("addressee");
    this.menu = byId("addressee-menu");
    this.menu.addEventListener("beforetoggle", ({ newState }) => newState === "open" && this.#fill());
    this.menu.addEventListener("toggle", () => placeAbove(this.menu, this.chip));
    this.menu.addEventListener("click", (click) => this.#picked(click.target.closest("button")));
    this.menu.addEventListener("keydown", (key) => this.#move(key));
  }

  get to() {
    return this.#to;
  }

  /** Address `username`, or everyone when there is no such member. */
  set(username) {
    const member = this.store.members.get(username);
    const kind = member?.kind === "assistant" ? "assistant" : "member";
    this.#to = member ? { kind, username } : EVERYONE;
    this.#show(member);
    this.dispatchEvent(new Event("change"));
  }

  /** Address the first AI of the room, if there is one. */
  setAssistant() {
    this.set([...this.store.members.values()].find(isAssistant)?.username);
  }

  /** For a message to everyone that names an AI with `@`: that AI. */
  forText(text) {
    if (this.#to.kind !== "everyone") return this.#to;
    const named = [...folded(text).matchAll(NAMED)].map(([, handle]) => handle);
    const member = named.map((handle) => this.store.members.get(handle)).find(isAssistant);
    return member ? { kind: "assistant", username: member.username } : this.#to;
  }

  #show(member) {
    this.chip.classList.toggle("on", Boolean(member));
    const name = member?.name ?? t("everyone");
    this.chip.querySelector("span").textContent = t("to", { name });
    this.chip.querySelector("img")?.remove();
    if (!member) return;
    const face = clone("choice").querySelector("img");
    face.src = member.avatar;
    this.chip.prepend(face);
  }

  #fill() {
    const others = [...this.store.members.values()].filter(({ username }) => username !== me.username);
    const assistants = others.filter(isAssistant);
    const people = others.filter((member) => !isAssistant(member));
    const everyone = clone("choice");
    everyone.setAttribute("role", "menuitemradio");
    everyone.querySelector("img").remove();
    everyone.querySelector(".name").textContent = t("everyone");
    const items = [...assistants, ...people].map((member) => choice(member, "menuitemradio"));
    this.menu.replaceChildren(everyone, ...items);
    for (const item of this.menu.children) this.#check(item);
    requestAnimationFrame(() => this.menu.querySelector("[aria-checked=true]").focus());
  }

  #check(item) {
    item.tabIndex = -1; // arrows go through a menu, Tab goes on from its chip
    item.setAttribute("aria-checked", String(item.dataset.username === this.#to.username));
  }

  #picked(button) {
    if (!button) return;
    this.set(button.dataset.username);
    this.menu.hidePopover();
    byId("text").focus();
  }

  #move(key) {
    const items = [...this.menu.children];
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key.key];
    if (key.key === "Tab") this.menu.hidePopover(); // which gives the focus back to the chip
    if (next === undefined) return;
    key.preventDefault();
    items.at(next % items.length).focus();
  }
}

const isAssistant = (member) => member?.kind === "assistant";
