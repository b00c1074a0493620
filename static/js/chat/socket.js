// The tab's one socket: commands with ids and answers, reconnecting, and what is true about the line.

const ANSWER_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const SILENCE_MS = 45_000;
const FINAL_CODES = new Set([4401, 4403]); // the server will not take this tab back as it is
const SLOW_CODE = 4429;

/** A command that got no acknowledgement. `code` is the server's, or `offline` or `timeout`. */
export class CommandError extends Error {
  constructor(code, sentence = "") {
    super(sentence || code);
    this.code = code;
    this.lost = code === "offline" || code === "timeout";
  }
}

/** Dispatches `open`, `frame` (detail: an event of the contract) and `line` (detail: the state). */
export class Connection extends EventTarget {
  #socket = null;
  #answers = new Map();
  #tries = 0;
  #timer = 0;
  #next = 1;
  #heard = 0;
  #final = false;

  constructor(url) {
    super();
    this.url = url;
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  start() {
    window.addEventListener("online", () => this.retryNow());
    window.addEventListener("offline", () => this.#socket?.close());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.isOpen) this.retryNow();
    });
    setInterval(() => this.#suspectSilence(), SILENCE_MS / 3);
    this.#connect();
  }

  /** Connect at once, unless the socket lives or the server refused for good. */
  retryNow() {
    if (this.#final || this.#socket) return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** Drop a line that no longer answers; a new one follows. */
  giveUp() {
    const socket = this.#socket;
    if (!socket) return;
    socket.onclose = socket.onmessage = null;
    socket.close();
    this.#closed(1006);
  }

  /** Send one command. Resolves with its ack; rejects with a CommandError. */
  send(type, fields = {}) {
    if (!this.isOpen) return Promise.reject(new CommandError("offline"));
    const id = String(this.#next++);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#answers.delete(id);
        reject(new CommandError("timeout"));
      }, ANSWER_MS);
      this.#answers.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, type, ...fields }));
    });
  }

  #connect() {
    this.#line("connecting");
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (message) => this.#received(JSON.parse(message.data));
    socket.onclose = (close) => this.#closed(close.code);
  }

  #opened() {
    this.#tries = 0;
    this.#heard = Date.now();
    this.#line("open");
    this.dispatchEvent(new Event("open"));
  }

  #received(frame) {
    this.#heard = Date.now();
    if (frame.type === "ack" || frame.type === "command.rejected") this.#answered(frame);
    else this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  #answered(frame) {
    const answer = this.#answers.get(frame.id);
    if (!answer) return;
    this.#answers.delete(frame.id);
    clearTimeout(answer.timer);
    if (frame.type === "ack") answer.resolve(frame);
    else answer.reject(new CommandError(frame.code, frame.message));
  }

  #closed(code) {
    this.#socket = null;
    for (const { reject, timer } of this.#answers.values()) {
      clearTimeout(timer);
      reject(new CommandError("offline"));
    }
    this.#answers.clear();
    this.#final = FINAL_CODES.has(code);
    if (this.#final) this.#line(code === 4401 ? "signed_out" : "refused");
    else this.#connectLater(code);
  }

  #connectLater(code) {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#tries++);
    const least = code === SLOW_CODE ? 5_000 : longest / 2;
    const pause = least + (Math.random() * longest) / 2;
    this.#timer = setTimeout(() => this.#connect(), pause);
    this.#line("waiting", Date.now() + pause);
  }

  #suspectSilence() {
    const silent = this.isOpen && Date.now() - this.#heard > SILENCE_MS;
    if (silent && !document.hidden) this.dispatchEvent(new Event("silence"));
  }

  #line(state, retryAt = 0) {
    this.dispatchEvent(new CustomEvent("line", { detail: { state, retryAt } }));
  }
}
