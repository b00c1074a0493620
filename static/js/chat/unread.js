// Unread counts in the sidebar and in the tab's title.

import { byId, room } from "./page.js";

const title = document.title;

export function showUnread({ slug, unread }) {
  const link = document.querySelector(`[data-room="${slug}"]`);
  if (!link) return;
  link.classList.toggle("unread", unread > 0);
  link.querySelector(".count").textContent = unread || "";
  showTotal();
}

export function showTotal() {
  const counts = [...document.querySelectorAll(".room-link .count")];
  const total = counts.reduce((sum, { textContent }) => sum + Number(textContent), 0);
  document.title = total ? `(${total}) ${title}` : title;
  const here = document.querySelector(`[data-room="${room.slug}"] .count`)?.textContent;
  byId("menu").classList.toggle("unread", total > Number(here ?? 0));
}
