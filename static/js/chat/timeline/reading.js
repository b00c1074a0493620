// What the reader has seen: read marks, the pill for what came while they looked elsewhere.

import { keepFocus } from "../focus.js";
import { byId, me, t } from "../page.js";

const PAUSE_MS = 400;

export function followReading({ store, scroller, timeline, connection, markRead, lastReadSeq }) {
  const jump = byId("jump");
  let missed = 0;
  let marked = lastReadSeq;
  let timer = 0;

  const watching = () => !document.hidden && scroller.atEnd;

  function mark() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!watching() || store.seq <= marked || !connection.isOpen) return;
      marked = store.seq;
      markRead(marked);
    }, PAUSE_MS);
  }

  function showMissed(count) {
    missed = count;
    keepFocus(() => (jump.hidden = scroller.atEnd), () => timeline.lastRow());
    jump.textContent = missed ? t("new_below", { count: missed }) : t("to_the_end");
  }

  function arrived({ message, known }) {
    if (known || message.author.username === me.username) return;
    if (document.hidden && !byId("new-line")) timeline.markNew(message.seq - 1);
    if (!scroller.atEnd) showMissed(missed + 1);
    mark();
  }

  store.addEventListener("change", ({ detail }) => detail.kind === "message" && arrived(detail));
  scroller.addEventListener("end", () => (showMissed(0), mark()));
  scroller.addEventListener("leave", () => showMissed(0));
  document.addEventListener("visibilitychange", mark);
  jump.addEventListener("click", () => scroller.toEnd());
  return { mark, watching };
}
