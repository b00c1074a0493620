// The room as this tab knows it. Applies events by the contract and says what changed; draws nothing.

import { ReplyText } from "./reply_text.js";
import { Versions } from "./versions.js";

const UNFINISHED = new Set(["queued", "reading", "waiting", "writing"]);
const STAGES = { retrieving: "reading", waiting: "waiting", writing: "writing" };

export const isUnfinished = (reply) => UNFINISHED.has(reply.state);

/** Whether a message is an answer that somebody stopped, perhaps before its first word. */
export const wasStopped = ({ author, reply }) =>
  reply?.state === "stopped" && reply.assistant === author.username;

const isGone = (message) => !message.text && !wasStopped(message);

/** Dispatches `change` with detail {kind, …}; the kinds are named where they are told. */
export class RoomStore extends EventTarget {
  messages = new Map();
  versions = new Versions(this.messages);
  replies = new Map();
  members = new Map();
  epoch = null;

  constructor({ seq, members = [], messages = [], failures = {} }) {
    super();
    this.seq = seq;
    this.failures = failures;
    for (const member of members) this.members.set(member.username, member);
    for (const message of messages) this.#remember(message);
  }

  /** Apply one event. Returns false when something before it is missing: then resume. */
  apply(event) {
    if (event.seq !== undefined) {
      if (event.seq <= this.seq) return true;
      if (event.seq > this.seq + 1) return false;
      this.seq = event.seq;
    }
    const told = this.#handlers[event.type]?.(event);
    return told !== false;
  }

  /** Take the answer to `room.open` or `room.resume`; its epoch is empty where it is not known. */
  opened({ epoch }) {
    if (!epoch) return;
    if (this.epoch !== null && this.epoch !== epoch) {
      for (const reply of this.unfinished()) reply.text.reset(reply.text.attempt);
    }
    this.epoch = epoch;
  }

  /** Members that were asked for by name. Lists of who is here stay as they are. */
  know(members) {
    for (const member of members) this.members.set(member.username, member);
  }

  /** A message from an acknowledgement or an older page; telling twice does no harm. */
  put(message) {
    if (isGone(message)) return this.#remove(message.id);
    const known = this.messages.has(message.id);
    this.#remember(message);
    this.#tell("message", { message, known });
  }

  /** Messages from before the first one known, oldest first. */
  putOlder(messages) {
    for (const message of messages) this.#remember(message);
    this.#tell("older", { messages });
  }

  unfinished() {
    return [...this.replies.values()].filter(isUnfinished);
  }

  /** How much of each unfinished reply is here, in code points, for `room.resume`. */
  offsets() {
    return Object.fromEntries(this.unfinished().map(({ id, text }) => [id, text.length]));
  }

  /** The reply to a question of `username` that can still be stopped. */
  replyAskedBy(username) {
    const asked = ({ question }) => this.messages.get(question)?.author.username === username;
    return this.unfinished().find(asked);
  }

  /** Replies that ended without a message, with their question. */
  unanswered() {
    const ended = ({ state, answered }) => !answered && (state === "failed" || state === "stopped");
    return [...this.replies.values()].filter(ended);
  }

  #handlers = {
    "message.created": ({ message }) => this.put(message),
    "message.edited": ({ message }) => this.put(message),
    "message.removed": ({ message }) => this.#remove(message.id),
    "reply.queued": ({ reply: id, message, assistant, place }) => {
      const reply = this.#reply(id, { question: message, assistant });
      reply.text.reset(reply.text.attempt);
      this.#move(reply, { question: message, assistant, place, state: "queued", answered: false });
    },
    "reply.started": ({ reply: id, attempt }) => {
      const reply = this.#reply(id);
      if (attempt < reply.text.attempt) return;
      if (attempt > reply.text.attempt) {
        reply.text.reset(attempt);
        Object.assign(reply, { tools: [], citations: [] });
      }
      this.#move(reply, { state: reply.text.length ? "writing" : "reading" });
    },
    "reply.status": ({ reply: id, attempt, stage, tools, citations }) => {
      const reply = this.#reply(id);
      if (attempt < reply.text.attempt) return;
      const told = { tools: tools ?? reply.tools, citations: citations ?? reply.citations };
      this.#move(reply, { state: STAGES[stage], ...told });
    },
    "reply.delta": (event) => {
      const reply = this.#reply(event.reply);
      const whole = reply.text.append(event);
      if (whole && event.attempt >= reply.text.attempt) this.#move(reply, { state: "writing" });
      return whole;
    },
    "reply.snapshot": (event) => {
      const reply = this.#reply(event.reply);
      reply.text.replace(event);
      this.#move(reply, { state: reply.text.length ? "writing" : reply.state });
    },
    "reply.finished": ({ reply: id, state, message }) => {
      const reply = this.#reply(id);
      this.#move(reply, { state, answered: Boolean(message) });
      if (message) this.put(message);
    },
    "reply.failed": ({ reply: id, message: sentence }) => {
      this.#move(this.#reply(id), { state: "failed", sentence });
    },
    "room.changed": ({ name }) => this.#tell("room", { name }),
    "member.joined": ({ member }) => this.#meet(member),
    "member.changed": ({ member }) => this.#meet(member),
    "member.left": ({ username }) => {
      this.members.delete(username);
      this.#tell("member_left", { username });
    },
    "presence.changed": ({ username, online }) => {
      const member = this.members.get(username);
      if (member) this.members.set(username, { ...member, online });
      this.#tell("presence", { username, online });
    },
    "typing.changed": ({ username, typing }) => this.#tell("typing", { username, typing }),
  };

  #meet(member) {
    this.members.set(member.username, member);
    this.#wear(member);
    this.#tell("member", { member });
  }

  // A member's face is the same on all their messages; a new one is on the earlier ones, too.
  #wear({ username, avatar }) {
    for (const { author } of this.messages.values()) {
      if (author.username === username) author.avatar = avatar;
    }
  }

  #remove(id) {
    const message = this.messages.get(id);
    if (message) this.versions.remove(message);
    this.messages.delete(id);
    this.#tell("removed", { id, message });
  }

  #remember(message) {
    this.messages.set(message.id, message);
    this.versions.add(message);
    if (message.reply) this.#rememberReply(message, message.reply);
  }

  // A reply comes with its question, and again with its answer.
  #rememberReply(message, wire) {
    const isAnswer = message.author.username === wire.assistant;
    const known = this.replies.has(wire.id);
    const reply = this.#reply(wire.id, { assistant: wire.assistant });
    if (isAnswer) Object.assign(reply, { answered: true, state: wire.state });
    else reply.question = message.id;
    if (known) return;
    reply.text.attempt = wire.attempt;
    reply.sentence = this.failures[wire.code] ?? "";
    if (!isAnswer) reply.state = wire.state === "writing" ? "reading" : wire.state;
  }

  #reply(id, facts = {}) {
    const told = { text: new ReplyText(), tools: [], citations: [] };
    const fresh = { id, state: "reading", ...told, answered: false, since: Date.now() };
    if (!this.replies.has(id)) this.replies.set(id, { ...fresh, ...facts });
    return this.replies.get(id);
  }

  #move(reply, facts) {
    if (facts.state && facts.state !== reply.state) reply.since = Date.now();
    Object.assign(reply, facts);
    this.#tell("reply", { reply });
  }

  #tell(kind, facts) {
    this.dispatchEvent(new CustomEvent("change", { detail: { kind, ...facts } }));
  }
}
