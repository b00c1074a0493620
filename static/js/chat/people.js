// Who is here: presence dots, the member list, who is typing.

import { byId, clone, me, t } from "./page.js";

const TYPING_MS = 6_000;

export function showPeople({ store, address }) {
  const typing = new Map(); // handle → timer
  const list = byId("members");

  function showTyping() {
    const names = [...typing.keys()].map((username) => store.members.get(username)?.name ?? username);
    const key = names.length > 2 ? "many_typing" : names.length === 2 ? "two_typing" : "one_typing";
    byId("typing").textContent = names.length ? t(key, { name: names[0], other: names[1] }) : "";
  }

  function stopTyping(username) {
    clearTimeout(typing.get(username));
    typing.delete(username);
    showTyping();
  }

  const changes = {
    presence: ({ username, online }) => showPresence(username, online),
    member: ({ member }) => {
      showMember(list, member);
      showFace(member);
      wearFace(member);
    },
    member_left: ({ username }) => {
      document.querySelector(`[data-face="${username}"]`)?.remove();
      list.querySelector(`[data-username="${username}"]`)?.remove();
      stopTyping(username);
    },
    typing: ({ username, typing: writes }) => {
      if (username === me.username) return;
      clearTimeout(typing.get(username));
      if (!writes) return stopTyping(username);
      typing.set(username, setTimeout(() => stopTyping(username), TYPING_MS));
      showTyping();
    },
    message: ({ message }) => stopTyping(message.author.username),
  };

  store.addEventListener("change", ({ detail }) => changes[detail.kind]?.(detail));
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do=address]");
    if (button) address(button.closest(".member").dataset.username);
  });
}

function showPresence(username, online) {
  for (const dot of document.querySelectorAll(`[data-presence="${username}"]`)) {
    dot.classList.toggle("online", online);
  }
}

function showMember(list, member) {
  const known = list.querySelector(`[data-username="${member.username}"]`);
  const item = known ?? clone("member");
  item.dataset.username = member.username;
  const image = item.querySelector("img");
  image.src = member.avatar;
  image.dataset.avatar = member.username;
  const isMe = member.username === me.username;
  item.querySelector("[data-do=address]").hidden = isMe;
  item.querySelector("[data-side]").hidden = !isMe;
  item.querySelector(".presence").dataset.presence = member.username;
  item.querySelector(".name").textContent = member.name;
  const role = t(`role_${member.role}`);
  item.querySelector(".handle").textContent = `@${member.username}${role && ` · ${role}`}`;
  item.querySelector("[data-do=address]").setAttribute("aria-label", t("write_to", { name: member.name }));
  if (!known) list.querySelector(`[data-kind="${member.kind}"]`).append(item);
  showPresence(member.username, member.online);
}

function wearFace({ username, avatar }) {
  for (const image of document.querySelectorAll(`[data-avatar="${username}"]`)) {
    if (image.getAttribute("src") !== avatar) image.src = avatar;
  }
  if (username === me.username) me.avatar = avatar;
}

// In the head of the room; a conversation of two shows none there.
function showFace({ username, avatar, kind }) {
  const faces = document.querySelector(kind === "assistant" ? ".faces .assistants" : ".faces");
  if (!faces || document.querySelector(`[data-face="${username}"]`)) return;
  const face = clone("face");
  face.dataset.face = face.dataset.avatar = username;
  face.src = avatar;
  if (kind === "assistant") faces.append(face);
  else faces.lastElementChild.before(face);
}
