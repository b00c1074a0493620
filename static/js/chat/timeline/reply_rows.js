// Rows of replies without a message yet: their true state in words, and their text as it grows.

import { keepFocus } from "../focus.js";
import { clone, mayModerate, me, painter, t } from "../page.js";
import { say } from "../status.js";
import { isUnfinished } from "../store/room_store.js";
import { GrowingText } from "../text/growing.js";
import { showAddressee } from "./rows.js";
import { fillTools } from "./tool_uses.js";

const isLookingUp = ({ tools }) => tools.some(({ ms }) => ms === null);
const isDrawing = ({ tools }) => tools.at(-1)?.name === "draw_picture" && tools.at(-1).ms === null;

export class ReplyRows {
  #rows = new Map(); // reply id → {row, growing, reply, answer}

  /** `rowOf(id)` is where a message stands. */
  constructor({ store, scroller, list, nameOf, rowOf }) {
    Object.assign(this, { store, scroller, list, nameOf, rowOf });
    setInterval(() => this.#tick(), 1_000);
  }

  /** Show a reply as it is now. */
  show(reply) {
    if (reply.answered || !reply.assistant) {
      this.scroller.keep(() => this.#remove(reply));
      return;
    }
    const shown = this.#rows.get(reply.id) ?? this.#add(reply);
    if (shown.row.dataset.state !== reply.state) this.#place(shown, reply);
    this.#showState(shown, reply);
    if (shown.tools !== reply.tools) this.#showTools(shown, reply);
    if (reply.text.length && isUnfinished(reply)) {
      shown.growing ??= new GrowingText(shown.row.querySelector(".prose"));
      const keep = (change) => this.scroller.keep(change);
      shown.growing.show(reply.text.text, reply.citations, keep);
    } else {
      shown.growing = null;
      shown.row.querySelector(".prose").replaceChildren();
    }
  }

  #showTools(shown, { tools }) {
    shown.tools = tools;
    this.scroller.keep(() => fillTools(shown.row.querySelector(".tool-uses"), tools));
  }

  #add(reply) {
    this.#removeFailed(reply);
    const row = clone("reply");
    row.dataset.reply = reply.id;
    const assistant = this.store.members.get(reply.assistant);
    const avatar = row.querySelector(".avatar");
    avatar.src = (assistant ?? painter ?? me).avatar;
    avatar.dataset.avatar = reply.assistant;
    row.querySelector("strong").textContent = this.nameOf(reply.assistant);
    const question = this.store.messages.get(reply.question);
    if (question) showAddressee(row, { kind: "member", username: question.author.username }, this.nameOf);
    const shown = { row, growing: null, reply, tools: null };
    this.#rows.set(reply.id, shown);
    return shown;
  }

  // A reply on its way stands at the end, another version of an answer instead of that answer; one that
  // ended without words stands below its question or the answer that there is.
  #place(shown, reply) {
    const { row } = shown;
    const known = this.store.versions.answerTo(reply.question, reply.assistant);
    shown.answer = known && this.rowOf(known.id);
    const above = shown.answer ?? (isUnfinished(reply) ? null : this.rowOf(reply.question));
    this.scroller.keep(() => {
      if (above) above.after(row);
      else if (row.parentElement !== this.list) this.list.append(row);
      if (shown.answer) keepFocus(() => (shown.answer.hidden = isUnfinished(reply)), () => row);
    });
  }

  // Whoever asks once more has seen why it did not work before.
  #removeFailed({ question, assistant }) {
    for (const { reply } of [...this.#rows.values()]) {
      const isVersion = reply.question === question && reply.assistant === assistant;
      if (isVersion && reply.state === "failed") this.#remove(reply);
    }
  }

  #remove({ id, state, assistant }) {
    const shown = this.#rows.get(id);
    if (!shown) return;
    if (shown.answer) shown.answer.hidden = false;
    keepFocus(() => shown.row.remove(), () => shown.answer);
    this.#rows.delete(id);
    if (state === "stopped") say(t("reply_stopped", { name: this.nameOf(assistant) }));
  }

  #showState({ row }, reply) {
    const line = row.querySelector(".state");
    line.querySelector("span").textContent = this.#words(reply);
    if (row.dataset.state === reply.state) return;
    row.dataset.state = reply.state;
    this.#announce(reply);
    line.classList.toggle("failed", reply.state === "failed");
    line.querySelector(".pulse").hidden = !isUnfinished(reply);
    this.#offerButtons(row, reply);
  }

  #offerButtons(row, reply) {
    const [stop, retry] = row.querySelectorAll(".state [data-do]");
    const mine = this.#mayCommand(reply);
    const offer = () => {
      stop.hidden = !isUnfinished(reply) || !mine;
      retry.hidden = reply.state !== "failed" || !mine;
    };
    keepFocus(offer, () => [stop, retry].find(({ hidden }) => !hidden) ?? row);
  }

  // Who asked may stop and retry, and so may moderators.
  #mayCommand({ question }) {
    const asker = this.store.messages.get(question)?.author.username;
    return asker === me.username || mayModerate();
  }

  #words(reply) {
    const seconds = Math.round((Date.now() - reply.since) / 1_000);
    switch (reply.state) {
      case "queued":
        return reply.place ? t("queued_at", { place: reply.place }) : t("queued");
      case "reading":
        if (isDrawing(reply)) return t("drawing", { seconds });
        return t(isLookingUp(reply) ? "looking_up" : "reading", { seconds });
      case "waiting":
        return t("waiting", { seconds });
      case "failed":
        return reply.sentence || t("failed");
      default:
        return t(reply.state);
    }
  }

  #announce(reply) {
    const name = this.nameOf(reply.assistant);
    if (reply.state === "writing") say(t("reply_begins", { name }));
    if (reply.state === "failed") say(t("reply_failed", { name }));
  }

  #tick() {
    for (const { row, reply } of this.#rows.values()) {
      if (isUnfinished(reply)) row.querySelector(".state span").textContent = this.#words(reply);
    }
  }
}
