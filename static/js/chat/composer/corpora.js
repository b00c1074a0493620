// The corpora that a question may name with `#`: asked for once, when the first `#` is written.

import { room } from "../page.js";
import { folded } from "../text/cleaned.js";

const MOST = 8;

export class Corpora {
  #known = [];
  #asked = false;

  /** Those whose name holds `query`; `arrived()` is called when they were not known yet. */
  found(query, arrived) {
    if (!this.#asked) this.#ask().then(arrived);
    const fits = ({ slug, name }) => slug.includes(query) || folded(name).includes(query);
    return this.#known.filter(fits).slice(0, MOST);
  }

  async #ask() {
    this.#asked = true;
    const response = await fetch(`/rooms/${room.slug}/corpora/`).catch(() => null);
    this.#asked = Boolean(response?.ok);
    if (response?.ok) this.#known = (await response.json()).corpora;
  }
}
