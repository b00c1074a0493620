// What can be done to an assistant's answer: other versions of it, its passport, going on from it.

import { mayModerate, me, room } from "./page.js";
import { post } from "./rest.js";
import { openSide } from "./side.js";

/** Which of the actions apply to a message. */
export function answerActionsFor({ author, reply, to, text, pictures = [] }) {
  const isAnswer = reply?.assistant === author.username;
  const asked = to.username === me.username || mayModerate();
  const again = isAnswer && asked && room.role !== "reader" && room.role !== null;
  return {
    regenerate: again,
    model: again && !pictures.some(({ alt }) => alt === text), // which no language model drew
    continue: again && (reply.state === "stopped" || reply.passport.finish === "length"),
    fork: Boolean(reply),
    passport: isAnswer,
  };
}

const ACTIONS = {
  regenerate: ({ reply }) => post(`replies/${reply.id}/regenerate/`),
  model: ({ reply }) => openSide(`/replies/${reply.id}/models/`),
  continue: ({ reply }) => post(`replies/${reply.id}/continue/`),
  passport: ({ reply }) => openSide(`/replies/${reply.id}/passport/`),
  async fork({ id }) {
    const { answer } = await post(`messages/${id}/fork/`);
    if (answer) location.assign(`/rooms/${answer.slug}/`);
  },
};

/** Do one of them, if `what` is one. */
export function actOnAnswer(what, message) {
  ACTIONS[what]?.(message);
}

/** Save a question and have it answered anew. Resolves with a refusal, or an empty text. */
export async function rerun({ id }, text) {
  return (await post(`messages/${id}/rerun/`, { text })).refusal;
}
