// From a quotation, a fact or the page's address to a message, however far up that is.

const SHOWN_MS = 1_600;
const SETTLING_FRAMES = 10;

/** Links in these places lead to messages; one in a dialog that covers the page closes it. */
export function followQuotes({ places, rowOf, loadOlder }) {
  const goTo = async ({ hash }) => {
    const id = hash.slice("#message-".length);
    while (!rowOf(id) && (await loadOlder()));
    if (rowOf(id)) pointOut(rowOf(id));
  };
  const follow = (click) => {
    const link = click.target.closest(".quote, .quote-link");
    if (!link) return;
    click.preventDefault();
    link.closest("dialog:modal")?.close();
    goTo(link);
  };
  for (const place of places) place.addEventListener("click", follow);
  if (location.hash.startsWith("#message-")) goTo(location);
}

function pointOut(row) {
  bringIntoSight(row, SETTLING_FRAMES);
  row.focus({ preventScroll: true });
  row.classList.add("target");
  setTimeout(() => row.classList.remove("target"), SHOWN_MS);
}

// The heights of rows out of sight are estimates; as those around it are drawn, the row moves.
function bringIntoSight(row, frames) {
  row.scrollIntoView({ block: "center" });
  if (frames) requestAnimationFrame(() => bringIntoSight(row, frames - 1));
}
