// Enter must never act while an input method composes Chinese, Japanese or Korean.

const LOCK_MS = 60; // some browsers end the composition just before the Enter that ended it
const IME_KEY = 229;
const HANGUL = /\p{Script=Hangul}$/u;

/** Returns `isComposing(keydown)` for a field. */
export function watchComposition(field) {
  let lockedUntil = -Infinity;
  field.addEventListener("compositionend", ({ data }) => {
    // Enter ends a hangul syllable and is then told again, to do what Enter does.
    lockedUntil = HANGUL.test(data) ? -Infinity : performance.now() + LOCK_MS;
  });
  return (key) =>
    key.isComposing || key.keyCode === IME_KEY || performance.now() < lockedUntil;
}
