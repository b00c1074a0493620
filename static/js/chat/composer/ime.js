// Enter must never act while an input method composes Chinese, Japanese or Korean.

const LOCK_MS = 60; // some browsers end the composition just before the Enter that ended it
const IME_KEY = 229;

/** Returns `isComposing(keydown)` for a field. */
export function watchComposition(field) {
  let endedAt = -Infinity;
  field.addEventListener("compositionend", () => (endedAt = performance.now()));
  return (key) =>
    key.isComposing || key.keyCode === IME_KEY || performance.now() - endedAt < LOCK_MS;
}
