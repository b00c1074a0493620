// Markdown that is still being written. Blocks that are complete are rendered once and left alone;
// only the growing one is parsed again.

import { assets } from "../page.js";
import { putPills } from "../timeline/citations.js";
import { enrich } from "./enrich.js";

let library;

export class GrowingText {
  #shown = "";
  #settled = 0; // where the growing block starts, in UTF-16 units
  #text = "";
  #frame = 0;
  #citations = [];

  constructor(element) {
    this.element = element;
    this.tail = document.createElement("div");
    this.tail.className = "growing";
    element.replaceChildren(this.tail);
  }

  /** Show `text`, which usually is the text shown before and some more, with the numbers in it that
   * `citations` stand for. `around` wraps the change.
   */
  show(text, citations, around) {
    this.#text = text;
    this.#citations = citations;
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(async () => {
      library ??= import(assets.markdown);
      const { blocksOf, toFragment } = await library;
      this.#frame = 0;
      around(() => this.#draw(blocksOf, toFragment));
    });
  }

  #draw(blocksOf, toFragment) {
    if (!this.#text.startsWith(this.#shown)) this.#restart();
    this.#shown = this.#text;
    const blocks = blocksOf(this.#text.slice(this.#settled));
    const growing = blocks.pop() ?? "";
    for (const block of blocks) this.#settle(toFragment(block), block.length);
    this.tail.replaceChildren(toFragment(growing));
    putPills(this.tail, this.#citations);
    this.#putCaret();
  }

  #settle(fragment, length) {
    this.#settled += length;
    putPills(fragment, this.#citations);
    const nodes = [...fragment.childNodes];
    this.tail.before(...nodes);
    enrich(this.element);
    if (this.element.querySelector("pre code:not([data-highlighted])")) this.#highlight();
  }

  #restart() {
    this.#settled = 0;
    this.element.replaceChildren(this.tail);
  }

  async #highlight() {
    const { highlightAll } = await import(assets.highlight);
    highlightAll(this.element);
  }

  #putCaret() {
    const caret = document.createElement("span");
    caret.className = "caret";
    let last = this.tail;
    while (last.lastElementChild?.matches("p, ul, ol, li, blockquote, pre, code")) {
      last = last.lastElementChild;
    }
    if (last.matches("pre code")) cutLineBreak(last);
    last.append(caret);
  }
}

// The parser ends code with a line break, which would put the caret on a line of its own.
function cutLineBreak(code) {
  const text = code.lastChild;
  if (text?.data?.endsWith("\n")) text.data = text.data.slice(0, -1);
}
