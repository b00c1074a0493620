// A message's row while its author edits it.

import { byId, clone } from "../page.js";
import { grow, onEnter } from "../composer/field.js";
import { cleaned } from "../text/cleaned.js";

/** Put a form in the place of the text. `save(text)`, and `rerun(text)` where an assistant answered,
 *  resolve when the server took it. */
export function editRow(row, message, { save, rerun }) {
  const prose = row.querySelector(".prose");
  const form = clone("edit");
  const field = form.querySelector("textarea");
  const writing = document.activeElement === byId("text");
  const close = () => {
    form.remove();
    prose.hidden = false;
    if (writing) byId("text").focus();
    else row.focus();
  };
  const submit = async (anew = false) => {
    const text = cleaned(field.value);
    if (text === message.text && !anew) return close();
    const refusal = await (anew ? rerun(text) : save(text));
    if (!refusal) return close();
    form.querySelector(".errorlist").textContent = refusal;
  };

  field.value = message.text;
  onEnter(field, () => submit(), (key) => key.key === "Escape" && (close(), true));
  field.addEventListener("input", () => grow(field));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.submitter?.value === "rerun");
  });
  form.querySelector("[value=rerun]").hidden = !message.reply;
  form.querySelector("[data-do=cancel]").addEventListener("click", close);
  prose.hidden = true;
  prose.after(form);
  grow(field);
  field.focus();
}
