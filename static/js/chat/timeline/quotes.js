// From a quotation, or a fact, to the message it comes from, however far up that is.

const SHOWN_MS = 1_600;

/** Links in these places lead to messages; one in a dialog that covers the page closes it. */
export function followQuotes({ places, rowOf, loadOlder }) {
  const follow = async (click) => {
    const link = click.target.closest(".quote, .quote-link");
    if (!link) return;
    click.preventDefault();
    const id = link.hash.slice("#message-".length);
    link.closest("dialog:modal")?.close();
    while (!rowOf(id) && (await loadOlder()));
    if (rowOf(id)) pointOut(rowOf(id));
  };
  for (const place of places) place.addEventListener("click", follow);
}

function pointOut(row) {
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
  row.classList.add("target");
  setTimeout(() => row.classList.remove("target"), SHOWN_MS);
}
