// Says what others wrote to those who listen: each message once, an answer when it is finished.

import { assistantLanguage, me, t } from "../page.js";
import { say } from "../status.js";

const PAUSE_MS = 500;
const MOST = 3; // what comes at once and is read out; of more only the number is said

export function announceMessages({ store, rowOf }) {
  let fresh = [];

  function tell() {
    const messages = fresh;
    fresh = [];
    if (messages.length > MOST) say(t("many_messages", { count: messages.length }));
    else for (const message of messages) readOut(message, rowOf(message.id));
  }

  store.addEventListener("change", ({ detail: { kind, known, message } }) => {
    if (kind !== "message" || known || message.author.username === me.username) return;
    if (message.reply?.state === "stopped") return; // that it was stopped is said already
    if (!fresh.length) setTimeout(tell, PAUSE_MS);
    fresh.push(message);
  });
}

function readOut({ author: { name, kind } }, row) {
  if (!row) return; // deleted meanwhile
  const text = row.querySelector(".prose").textContent.trim();
  if (kind === "assistant") say(t("reply_ends", { name }), { text, lang: assistantLanguage });
  else say(t("writes", { name }), { text });
}
