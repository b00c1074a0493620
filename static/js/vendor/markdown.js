// Markdown of a growing reply, by the rules of the server: no raw HTML, no images, no autolinks.
// Bundled to vendor/markdown.js and fetched when the first reply grows.

import DOMPurify from "dompurify";
import { Marked } from "marked";

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const formula = (look, tag) => ({ text }) => `<${tag} class="math ${look}">${escaped(text)}</${tag}>`;

const rule = (name, level, pattern, look, tag) => ({
  name,
  level,
  start: (source) => source.indexOf("$"),
  tokenizer(source) {
    const match = pattern.exec(source);
    return match && { type: name, raw: match[0], text: match[1] };
  },
  renderer: formula(look, tag),
});

const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [
    rule("blockMath", "block", /^\$\$([\s\S]+?)\$\$(?:\n|$)/, "block", "div"),
    rule("inlineMath", "inline", /^\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/, "inline", "span"),
  ],
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text, href }) => `!<a href="${escaped(href)}">${escaped(text)}</a>`,
  },
  tokenizer: { url: () => undefined, def: () => undefined },
});

const ALLOWED = {
  ALLOWED_TAGS: (
    "p br strong em del code pre span div a ul ol li blockquote h1 h2 h3 h4 h5 h6 hr " +
    "table thead tbody tr th td"
  ).split(" "),
  ALLOWED_ATTR: ["href", "class", "start"],
  RETURN_DOM_FRAGMENT: true,
};

/** The source of each top-level block, in order; joined they are the text. */
export function blocksOf(text) {
  return marked.lexer(text).map(({ raw }) => raw);
}

/** One block as sanitised nodes. */
export function toFragment(block) {
  const fragment = DOMPurify.sanitize(marked.parse(block), ALLOWED);
  for (const link of fragment.querySelectorAll("a")) link.rel = "noopener noreferrer nofollow ugc";
  return fragment;
}
