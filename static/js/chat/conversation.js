// What a chat with an AI is called: in its head, the sidebar and the tab's title.

import { byId } from "./page.js";
import { retitle } from "./unread.js";

export function followTitle(store) {
  store.addEventListener("change", ({ detail: { kind, name } }) => {
    if (kind !== "room") return;
    document.querySelector(".room-title h1").textContent = name;
    byId("talks-with")?.removeAttribute("hidden");
    retitle(name);
  });
}
