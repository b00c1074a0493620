// The transcript by keyboard: arrows go from row to row and along the action bar, Escape a step out.

const BETWEEN_ROWS = { ArrowUp: -1, ArrowDown: 1 };
const ALONG_BAR = { ArrowLeft: -1, ArrowRight: 1 };

/** `leave()` is called when Escape leads out of the transcript. */
export function walkByKeys({ timeline, bar, leave }) {
  timeline.addEventListener("keydown", (key) => {
    const inBar = bar.contains(key.target);
    if (key.key === "Escape" && inBar) bar.closest(".message").focus();
    else if (key.key === "Escape" && key.target.matches(".message")) leave();
    else if (key.key in ALONG_BAR && inBar) moveAlong(bar, key);
    else if (key.key in BETWEEN_ROWS && key.target.matches(".message, .timeline")) {
      moveBetween(timeline, key);
    }
  });
}

function moveAlong(bar, key) {
  const buttons = [...bar.querySelectorAll("button:not([hidden])")];
  const next = buttons.indexOf(key.target) + ALONG_BAR[key.key];
  buttons.at(next % buttons.length).focus();
}

// One row at a time is a stop of the Tab key: the last one that was focused.
function moveBetween(timeline, key) {
  const rows = [...timeline.querySelectorAll("[data-message]")];
  const stop = rows.find(({ tabIndex }) => tabIndex === 0);
  const at = rows.indexOf(key.target);
  const next = at < 0 ? stop : rows[at + BETWEEN_ROWS[key.key]];
  if (!next) return;
  key.preventDefault();
  stop.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
