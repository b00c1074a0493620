// Which answers are versions of each other, and which one of them is shown in their place.

const isAnswer = ({ author, reply, reply_to: question }) =>
  Boolean(question) && reply?.assistant === author.username;

const keyOf = (question, assistant) => `${question} ${assistant}`;

export class Versions {
  #ids = new Map(); // question and assistant → ids of the answers that are known
  #shown = new Map(); // the same → the id of the one that is shown

  constructor(messages) {
    this.messages = messages;
  }

  /** Take a message; the newest version shows itself when it comes. */
  add(message) {
    if (!isAnswer(message)) return;
    const key = this.#keyOf(message);
    const ids = this.#ids.get(key) ?? new Set();
    const comes = !ids.has(message.id);
    this.#ids.set(key, ids.add(message.id));
    if (comes && this.of(message).at(-1) === message) this.#shown.set(key, message.id);
  }

  /** Forget a deleted message; those after it move up. */
  remove(message) {
    if (!isAnswer(message)) return;
    const key = this.#keyOf(message);
    for (const later of this.of(message)) if (later.seq > message.seq) later.reply.version -= 1;
    this.#ids.get(key)?.delete(message.id);
    if (this.#shown.get(key) === message.id) this.#shown.delete(key);
  }

  /** The known versions of an answer, oldest first; of another message, itself. */
  of(message) {
    const ids = isAnswer(message) && this.#ids.get(this.#keyOf(message));
    if (!ids) return [message];
    return [...ids].map((id) => this.messages.get(id)).sort((one, other) => one.seq - other.seq);
  }

  /** The message that stands in this one's place. */
  shown(message) {
    const id = isAnswer(message) && this.#shown.get(this.#keyOf(message));
    return this.messages.get(id) ?? this.of(message).at(-1) ?? message;
  }

  show(message) {
    this.#shown.set(this.#keyOf(message), message.id);
  }

  /** The answer shown to a question by an assistant, if there is one. */
  answerTo(question, assistant) {
    const [id] = this.#ids.get(keyOf(question, assistant)) ?? [];
    return id === undefined ? undefined : this.shown(this.messages.get(id));
  }

  /** Where an answer stands: where and when its first known version came. */
  placeOf(message) {
    const { seq, created_at: createdAt } = this.of(message)[0] ?? message;
    return { seq, createdAt };
  }

  /** The number of a version and how many there are; older ones may not be known yet. */
  countOf(message) {
    if (!isAnswer(message)) return { version: 1, versions: 1 };
    const versions = this.of(message);
    const before = versions[0].reply.version - 1;
    return { version: before + versions.indexOf(message) + 1, versions: before + versions.length };
  }

  #keyOf({ author, reply_to: question }) {
    return keyOf(question, author.username);
  }
}
