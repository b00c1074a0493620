// Where the reader is. The timeline is a reversed column: its end is at 0 and history is negative.

const NEAR_END_PX = 50;
const NEAR_START_PX = 800;

/** Dispatches `start` near the oldest row, `end` on arriving at the newest, `leave` on leaving it. */
export class Scroller extends EventTarget {
  #following = true;

  constructor(element) {
    super();
    this.element = element;
    element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  get atEnd() {
    return -this.element.scrollTop < NEAR_END_PX;
  }

  get nearStart() {
    const { scrollHeight, clientHeight, scrollTop } = this.element;
    return scrollHeight - clientHeight + scrollTop < NEAR_START_PX;
  }

  toEnd() {
    this.element.scrollTop = 0;
    this.#scrolled();
  }

  /** Change rows without moving what the reader looks at: the end if they follow it, else their row. */
  keep(change) {
    if (this.atEnd) {
      change();
      this.element.scrollTop = 0;
      return;
    }
    const anchor = this.#rowInSight();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) {
      this.element.scrollTop += anchor.getBoundingClientRect().top - before;
    }
  }

  #rowInSight() {
    const { left, top, width } = this.element.getBoundingClientRect();
    for (const depth of [8, 48, 120]) {
      const hit = document.elementFromPoint(left + width / 2, top + depth)?.closest(".message");
      if (hit) return hit;
    }
    return null;
  }

  #scrolled() {
    if (this.nearStart) this.dispatchEvent(new Event("start"));
    if (this.atEnd !== this.#following) {
      this.#following = this.atEnd;
      this.dispatchEvent(new Event(this.#following ? "end" : "leave"));
    }
  }
}
