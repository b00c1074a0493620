// The room page. Builds the parts and ties them to the socket.

import { Actions } from "./actions.js";
import { Composer } from "./composer/composer.js";
import { followTitle } from "./conversation.js";
import { listenForLightbox } from "./lightbox.js";
import {
  byId, failures, lastReadSeq, me, members, messages, painter, room, t,
} from "./page.js";
import { listenForParameters } from "./parameters.js";
import { showPeople } from "./people.js";
import { listenForPreferences } from "./preferences.js";
import { Connection } from "./socket.js";
import { listenForSide } from "./side.js";
import { showLine, warn } from "./status.js";
import { Draft } from "./store/drafts.js";
import { Outbox } from "./store/outbox.js";
import { RoomStore } from "./store/room_store.js";
import { announceMessages } from "./timeline/announcing.js";
import { showCards } from "./timeline/citations.js";
import { loadOlder } from "./timeline/older.js";
import { OutgoingRows } from "./timeline/outgoing_rows.js";
import { listenForDrawing } from "./timeline/pictures.js";
import { followReading } from "./timeline/reading.js";
import { followQuotes } from "./timeline/quotes.js";
import { ReplyRows } from "./timeline/reply_rows.js";
import { Scroller } from "./timeline/scroller.js";
import { Timeline } from "./timeline/timeline.js";
import { turnVersions } from "./timeline/versions.js";
import { showTotal, showUnread } from "./unread.js";

const TYPING_PAUSE_MS = 3_000;

const scheme = location.protocol === "https:" ? "wss" : "ws";
const connection = new Connection(`${scheme}://${location.host}/ws/`);
const store = new RoomStore({ seq: room.seq, members, messages, failures });
const scroller = new Scroller(byId("timeline"));
const painterName = (username) => (painter?.username === username ? painter.name : username);
const nameOf = (username) => store.members.get(username)?.name ?? painterName(username);
const here = { room: room.slug };

const outbox = new Outbox(`outbox:${me.username}:${room.slug}`, async (entry) => {
  const { problem: _, ...fields } = entry;
  const { message } = await connection.send("message.send", { ...here, ...fields });
  store.put(message);
});
const rowOf = (id) => timeline.rowOf(id);
const replies = new ReplyRows({ store, scroller, list: byId("replies"), nameOf, rowOf });
const timeline = new Timeline({ store, scroller, replies, nameOf });
const outgoing = new OutgoingRows({
  outbox,
  scroller,
  list: byId("outgoing"),
  nameOf,
  lastMessage: () => timeline.lastMessage(),
});

/** Send a command whose refusal is a sentence for the reader. Resolves with that sentence or "". */
async function command(type, fields) {
  try {
    await connection.send(type, fields);
    return "";
  } catch (error) {
    if (error.code === undefined) throw error;
    const sentence = error.lost ? t("not_done") : error.message;
    warn(sentence);
    return sentence;
  }
}

/** Send what the reader has not asked for: nobody is told when it is refused or lost. */
function mention(type, fields) {
  connection.send(type, fields).catch((error) => {
    if (error.code === undefined) throw error;
  });
}

let typedAt = 0;
function typing() {
  const tells = room.role !== null && connection.isOpen; // of a visitor nobody is told
  if (!tells || Date.now() - typedAt < TYPING_PAUSE_MS) return;
  typedAt = Date.now();
  mention("typing.start", here);
}

const composer = byId("composer") && new Composer({
  store,
  outbox,
  draft: new Draft(`draft:${me.username}:${room.slug}`),
  typing,
  stop: (reply) => command("reply.cancel", { reply: reply.id }),
});
const actions = new Actions({
  timeline: byId("timeline"),
  messageOf: timeline.messageOf,
  command,
  composer,
});
composer?.onEditLast(() => actions.editLast());

const reading = followReading({
  store,
  scroller,
  timeline,
  connection,
  lastReadSeq,
  markRead(seq) {
    if (!room.role) return;
    showUnread({ slug: room.slug, unread: 0 });
    mention("read.mark", { ...here, seq });
  },
});

async function open() {
  const ack = await connection.send("room.open", { ...here, after_seq: store.seq });
  if (ack.reload) location.reload();
  store.opened(ack);
  store.apply({ type: "presence.changed", username: me.username, online: true });
  outbox.flush();
  reading.mark();
}

let resuming = false;
async function resume() {
  if (resuming) return;
  resuming = true;
  try {
    const fields = { ...here, after_seq: store.seq, replies: store.offsets() };
    const ack = await connection.send("room.resume", fields);
    if (ack.reload) location.reload();
    store.opened(ack);
  } catch (error) {
    if (!error.lost) throw error;
    connection.giveUp();
  } finally {
    resuming = false;
  }
}

function received(event) {
  if (event.type === "unread.changed") {
    const seen = event.room === room.slug && reading.watching();
    showUnread({ slug: event.room, unread: seen ? 0 : event.unread });
  } else if (event.room === room.slug && !store.apply(event)) {
    resume();
  }
}

connection.addEventListener("open", () => open().catch((error) => error.lost || warn(error.message)));
connection.addEventListener("frame", ({ detail }) => received(detail));
connection.addEventListener("silence", resume);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && connection.isOpen) resume();
});

store.addEventListener("change", ({ detail }) => {
  if (detail.kind === "message") outbox.settle(detail.message.client_id);
  if (detail.kind === "member" && detail.member.username === me.username) {
    room.role = detail.member.role; // posting in a public room made the visitor a member
    byId("room-settings")?.removeAttribute("hidden");
  }
});
byId("replies").parentElement.addEventListener("click", ({ target }) => {
  const row = target.closest("[data-reply]");
  const button = target.closest("[data-do]");
  if (!row || !button) return;
  const type = button.dataset.do === "stop" ? "reply.cancel" : "reply.retry";
  command(type, { reply: row.dataset.reply });
});

timeline.adopt();
outgoing.draw();
showTotal();
showPeople({ store, address: (username) => composer?.address(username) });
followTitle(store);
showLine(connection);
announceMessages({ store, rowOf });
listenForPreferences();
listenForParameters();
listenForSide();
showCards(byId("timeline"));
const older = loadOlder({ store, scroller });
followQuotes({ places: [byId("timeline"), byId("side")], rowOf, loadOlder: older });
turnVersions({
  timeline: byId("timeline"),
  store,
  messageOf: timeline.messageOf,
  showAgain: (message) => timeline.show(message),
  loadOlder: older,
});
listenForLightbox({ timeline: byId("timeline"), messageOf: timeline.messageOf });
listenForDrawing({
  timeline: byId("timeline"),
  messageOf: timeline.messageOf,
  say: (text) => outbox.add({ client_id: crypto.randomUUID(), text, to: { kind: "everyone" } }),
});
connection.start();
