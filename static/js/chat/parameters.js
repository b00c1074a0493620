// The pane of parameters: a slider and its number are one value, and every change is saved at once.

import { byId } from "./page.js";
import { fetchPane } from "./pane.js";

/** Let the controls of the pane save themselves. Call before other listeners of its forms. */
export function listenForParameters() {
  const dialog = byId("side");
  dialog.addEventListener("input", ({ target }) => mirror(target));
  dialog.addEventListener("change", ({ target }) => {
    if (target.matches("[data-sends]")) target.form.requestSubmit();
    else if (target.closest("[data-saves]")) save(numberOf(target));
  });
  dialog.addEventListener("submit", (event) => {
    const savesItself = event.target.matches("[data-saves]"); // Enter has changed its field already
    if (!savesItself && !pending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!savesItself) saving.then(() => event.target.requestSubmit(event.submitter));
  });
}

function mirror(field) {
  const form = field.closest("[data-saves]");
  if (!form) return;
  if (field.dataset.of) numberOf(field).value = field.value;
  const slider = form.querySelector(`[data-of=${field.name}]`);
  if (slider) slider.value = field.value;
}

/** The named field of a control, for its slider as well. */
const numberOf = (field) => (field.dataset.of ? byId(`side-${field.dataset.of}`) : field);

const SHOWN_MS = 4_000; // that a value was saved; a refusal stays

let saving = Promise.resolve();
let pending = 0; // values on their way: until they are kept, the pane must not be drawn anew

// One after the other, so that the last value set is the last one stored.
function save(field) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
  body.set(field.name, field.value);
  pending += 1;
  saving = saving.then(() => send(field, body)).finally(() => (pending -= 1));
}

async function send(field, body) {
  const answer = await fetchPane(field.form.action, { method: "POST", body });
  field.setAttribute("aria-invalid", String(!answer?.ok));
  if (!answer) return;
  for (const notice of byId("side").querySelectorAll(".notice")) notice.remove();
  const notice = answer.partial.querySelector(".notice");
  if (notice) byId("side").querySelector("[data-said]")?.append(notice);
  if (answer.ok) setTimeout(() => notice?.remove(), SHOWN_MS);
}
