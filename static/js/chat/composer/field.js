// A textarea as tall as its text, and what Enter means in it.

import { watchComposition } from "./ime.js";

export function grow(field) {
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight}px`;
}

/** Enter calls `enter`, Shift+Enter breaks the line; `first` may take a key before. */
export function onEnter(field, enter, first = () => false) {
  const isComposing = watchComposition(field);
  field.addEventListener("keydown", (key) => {
    const composing = isComposing(key);
    if (!composing && first(key)) return;
    if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
    key.preventDefault(); // also of the Enter that ended a composition: it breaks no line
    if (!composing) enter();
  });
}
