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
    if (isComposing(key) || first(key)) return;
    if (key.key !== "Enter" || key.shiftKey) return;
    key.preventDefault();
    enter();
  });
}
