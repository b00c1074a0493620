// Fetches older messages, a page at a time, before the reader reaches the first row.

import { byId, hasOlder, room } from "../page.js";

/** Load as the reader goes up. Returns `load()`, which resolves with whether a page came. */
export function loadOlder({ store, scroller }) {
  let more = hasOlder;
  let loading = null;

  async function loadPage() {
    const page = await fetchPage(firstSeq(store));
    if (!page) return false;
    store.putOlder(page.results);
    more = page.results.length > 0 && Boolean(page.previous);
    byId("beginning").hidden = more;
    return true;
  }

  function load() {
    if (!more) return Promise.resolve(false);
    loading ??= loadPage().finally(() => {
      loading = null;
    });
    return loading;
  }

  async function fill() {
    while (scroller.nearStart && (await load()));
  }

  scroller.addEventListener("start", fill);
  if (scroller.nearStart) fill();
  return load;
}

function firstSeq(store) {
  return Math.min(...[...store.messages.values()].map(({ seq }) => seq));
}

// Null when the line is down or the server refuses; the next scroll asks again.
async function fetchPage(beforeSeq) {
  const url = `/api/v1/rooms/${room.slug}/messages/?before_seq=${beforeSeq}`;
  const response = await fetch(url).catch(lineIsDown);
  if (!response?.ok) return null;
  const page = await response.json();
  return { ...page, results: page.results.sort((one, other) => one.seq - other.seq) };
}

function lineIsDown(error) {
  if (!(error instanceof TypeError)) throw error;
  return null;
}
