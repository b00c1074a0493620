// From a quotation to the message it quotes, however far up that is.

const SHOWN_MS = 1_600;

export function followQuotes({ timeline, rowOf, loadOlder }) {
  timeline.addEventListener("click", async (click) => {
    const link = click.target.closest(".quote");
    if (!link) return;
    click.preventDefault();
    const id = link.hash.slice("#message-".length);
    while (!rowOf(id) && (await loadOlder()));
    if (rowOf(id)) pointOut(rowOf(id));
  });
}

function pointOut(row) {
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
  row.classList.add("target");
  setTimeout(() => row.classList.remove("target"), SHOWN_MS);
}
