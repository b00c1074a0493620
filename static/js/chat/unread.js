// Unread counts in the sidebar and in the tab's title.

import { byId, room } from "./page.js";

let title = document.title;
let fetching = null;

export async function showUnread({ slug, unread }) {
  if (unread && !linkOf(slug)) await fetchList();
  const link = linkOf(slug);
  if (!link) return;
  link.classList.toggle("unread", unread > 0);
  link.querySelector(".count").textContent = unread || "";
  showTotal();
}

export function showTotal() {
  const counts = [...document.querySelectorAll(".room-link .count")];
  const total = counts.reduce((sum, { textContent }) => sum + Number(textContent), 0);
  document.title = total ? `(${total}) ${title}` : title;
  const here = linkOf(room.slug)?.querySelector(".count").textContent;
  byId("menu").classList.toggle("unread", total > Number(here ?? 0));
}

/** Call the open room otherwise. */
export function retitle(name) {
  title = `${name} · EchoMind`;
  const link = linkOf(room.slug);
  if (link) link.querySelector(".name").textContent = name;
  showTotal();
}

const linkOf = (slug) => document.querySelector(`[data-room="${slug}"]`);

// Somebody wrote in a room that is new to this page: a first private message, or an invitation.
function fetchList() {
  fetching ??= replaceList().finally(() => {
    fetching = null;
  });
  return fetching;
}

async function replaceList() {
  const list = byId("room-list");
  const response = await fetch(list.dataset.address);
  if (response.ok) list.innerHTML = await response.text(); // our own template, escaped by it
}
