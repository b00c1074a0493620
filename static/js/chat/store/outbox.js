// Messages that the server has not acknowledged. They survive a reload and are sent again with the
// same client id until they are acknowledged or refused.

/** Dispatches `change` after every change. An entry is {client_id, text, to, reply_to?, problem?}. */
export class Outbox extends EventTarget {
  #sending = new Set();

  constructor(key, send) {
    super();
    this.key = key;
    this.send = send;
    this.entries = JSON.parse(localStorage.getItem(key) ?? "[]");
  }

  add(entry) {
    this.entries.push(entry);
    this.#changed();
    return this.#deliver(entry);
  }

  /** Send everything again that waits: the line is back. */
  flush() {
    for (const entry of this.entries) if (!entry.problem) this.#deliver(entry);
  }

  retry(clientId) {
    const entry = this.#find(clientId);
    if (!entry) return;
    delete entry.problem;
    this.#changed();
    this.#deliver(entry);
  }

  /** The message is in the room, or its author gave it up. */
  settle(clientId) {
    const kept = this.entries.filter((entry) => entry.client_id !== clientId);
    if (kept.length === this.entries.length) return;
    this.entries = kept;
    this.#changed();
  }

  async #deliver(entry) {
    if (this.#sending.has(entry.client_id)) return;
    this.#sending.add(entry.client_id);
    try {
      await this.send(entry);
      this.settle(entry.client_id);
    } catch (error) {
      if (error.code === undefined) throw error;
      if (!error.lost) this.#refused(entry, error);
    } finally {
      this.#sending.delete(entry.client_id);
    }
  }

  #refused(entry, error) {
    entry.problem = error.message;
    this.#changed();
  }

  #find(clientId) {
    return this.entries.find((entry) => entry.client_id === clientId);
  }

  #changed() {
    if (this.entries.length) localStorage.setItem(this.key, JSON.stringify(this.entries));
    else localStorage.removeItem(this.key);
    this.dispatchEvent(new Event("change"));
  }
}
