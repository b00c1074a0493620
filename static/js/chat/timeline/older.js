// Fetches older messages, a page at a time, before the reader reaches the first row.

import { byId, hasOlder, room } from "../page.js";

export function loadOlder({ store, scroller }) {
  let more = hasOlder;
  let loading = false;

  async function load() {
    if (!more || loading) return;
    loading = true;
    try {
      const page = await fetchPage(firstSeq(store));
      store.putOlder(page.results);
      more = page.results.length > 0 && Boolean(page.previous);
      byId("beginning").hidden = more;
    } finally {
      loading = false;
    }
    if (scroller.nearStart) load();
  }

  scroller.addEventListener("start", load);
  if (scroller.nearStart) load();
}

function firstSeq(store) {
  return Math.min(...[...store.messages.values()].map(({ seq }) => seq));
}

async function fetchPage(beforeSeq) {
  const url = `/api/v1/rooms/${room.slug}/messages/?before_seq=${beforeSeq}`;
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`older messages: ${response.status}`);
  const page = await response.json();
  return { ...page, results: page.results.sort((one, other) => one.seq - other.seq) };
}
