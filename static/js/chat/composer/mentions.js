// Completion of people and AI after an `@`, and of corpora after a `#`.

import { byId, me, room } from "../page.js";
import { folded } from "../text/cleaned.js";
import { choice, corpusChoice } from "./choices.js";
import { Completion } from "./completion.js";
import { Corpora } from "./corpora.js";

const MOST = 8;
const LISTED = 100; // members that the page of a room names; of others the server is asked
const PAUSE_MS = 150;
// Chinese and Japanese put no space before it, and their keyboards give the full-width one.
const TRIGGER = /(?:^|[^\w@＠#＃])([@＠#＃])([^\s@＠#＃]*)$/;

export class Mentions extends Completion {
  #timer = 0;
  #asked = new Set();

  /** `picked(member, {start, end})` and `named(slug, {start, end})` put the choice into the text. */
  constructor({ field, store, picked, named }) {
    super({
      field,
      menu: byId("mentions"),
      find: (before) => this.#find(before),
      picked: ({ dataset: { username, corpus } }, at) => {
        if (corpus) named(corpus, at);
        else picked(store.members.get(username), at);
      },
    });
    this.store = store;
    this.corpora = new Corpora();
  }

  #find(before) {
    clearTimeout(this.#timer);
    const match = TRIGGER.exec(before);
    if (!match) return null;
    const [, sign, word] = match;
    const options = "@＠".includes(sign) ? this.#people(folded(word)) : this.#corpora(folded(word));
    return { start: before.length - word.length - 1, options };
  }

  #corpora(query) {
    if (/^\d+$/.test(query)) return []; // "#7" is the seed of a picture
    return this.corpora.found(query, () => this.update()).map(corpusChoice);
  }

  #people(query) {
    if (query && this.store.members.size >= LISTED && !this.#asked.has(query)) {
      this.#timer = setTimeout(() => this.#askBeyond(query), PAUSE_MS);
    }
    return this.#named(query).map((member) => choice(member, "option"));
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
