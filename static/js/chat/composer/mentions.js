// Completion of people and AI after an `@`.

import { byId, me, room } from "../page.js";
import { folded } from "../text/cleaned.js";
import { choice } from "./choices.js";
import { Completion } from "./completion.js";

const MOST = 8;
const LISTED = 100; // members that the page of a room names; of others the server is asked
const PAUSE_MS = 150;
// Chinese and Japanese put no space before it, and their keyboards give the full-width one.
const TRIGGER = /(?:^|[^\w@＠])[@＠]([^\s@＠]*)$/;

export class Mentions extends Completion {
  #timer = 0;
  #asked = new Set();

  /** `picked(member, {start, end})` puts the choice into the text. */
  constructor({ field, store, picked }) {
    super({
      field,
      menu: byId("mentions"),
      find: (before) => this.#find(before),
      picked: (option, at) => picked(store.members.get(option.dataset.username), at),
    });
    this.store = store;
  }

  #find(before) {
    clearTimeout(this.#timer);
    const match = TRIGGER.exec(before);
    if (!match) return null;
    const query = folded(match[1]);
    if (query && this.store.members.size >= LISTED && !this.#asked.has(query)) {
      this.#timer = setTimeout(() => this.#askBeyond(query), PAUSE_MS);
    }
    const options = this.#named(query).map((member) => choice(member, "option"));
    return { start: before.length - match[1].length - 1, options };
  }

  #named(query) {
    const fits = ({ username, name }) =>
      username !== me.username &&
      (username.startsWith(query) || folded(name).includes(query));
    const assistantsFirst = (one, other) => one.kind.localeCompare(other.kind);
    return [...this.store.members.values()].filter(fits).sort(assistantsFirst).slice(0, MOST);
  }

  async #askBeyond(query) {
    const search = new URLSearchParams({ q: query });
    const response = await fetch(`/api/v1/rooms/${room.slug}/members/?${search}`).catch(() => null);
    if (!response?.ok) return;
    this.#asked.add(query);
    this.store.know((await response.json()).results);
    if (document.activeElement === this.field) this.update();
  }
}
