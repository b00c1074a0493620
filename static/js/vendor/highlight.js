// Colours of code in a growing reply. Bundled to vendor/highlight.js, fetched at the first code block.

import hljs from "highlight.js/lib/common";

export function highlightAll(element) {
  for (const code of element.querySelectorAll("pre code:not([data-highlighted])")) {
    if (!code.closest(".growing")) hljs.highlightElement(code);
  }
}
