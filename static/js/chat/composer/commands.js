// Commands that are written: `/preset name` asks the next question with another preset.

import { byId, clone, t } from "../page.js";
import { folded } from "../text/cleaned.js";
import { Completion } from "./completion.js";

const MOST = 8;
const PRESET = "/preset";
// Of a Chinese keyboard the stroke is full-width.
const NAME = /^[/／]\w*$/;
const CHOICE = /^[/／]preset\s+([^\n]*)$/i;
const WHOLE = /^[/／]preset(?:\s+([^\n]*))?$/i;

export class Commands extends Completion {
  /** `choose(slug)` takes a preset; `insert(text, {start, end})` puts text into the field. */
  constructor({ field, presets, choose, insert }) {
    super({
      field,
      menu: byId("commands"),
      find: (before) => this.#find(before),
      picked: ({ dataset }, at) => {
        insert("slug" in dataset ? "" : `${PRESET} `, at);
        if ("slug" in dataset) choose(dataset.slug);
        else this.update();
      },
    });
    this.presets = presets;
  }

  /** Obey a command that was written to its end. Returns true when the text is none to be sent. */
  obey(text, { choose, refuse }) {
    const match = WHOLE.exec(text);
    if (!match) return false;
    const name = match[1] ?? "";
    const named = (preset) => [preset.slug, folded(preset.name)].includes(folded(name));
    const preset = this.presets().find(named);
    if (preset) choose(preset.slug);
    else refuse(t("no_preset", { name }));
    return true;
  }

  #find(before) {
    const match = CHOICE.exec(before);
    if (match) return { start: 0, options: this.#named(folded(match[1])).map(line) };
    const isBegun = NAME.test(before) && PRESET.startsWith(folded(before));
    return isBegun ? { start: 0, options: [line({ name: PRESET, about: t("preset_once") })] } : null;
  }

  #named(query) {
    const fits = ({ slug, name }) => slug.startsWith(query) || folded(name).includes(query);
    return this.presets().filter(fits).slice(0, MOST);
  }
}

function line({ slug, name, about = "" }) {
  const option = clone("choice");
  option.setAttribute("role", "option");
  option.querySelector("img").remove();
  option.querySelector(".name").textContent = name;
  option.querySelector(".handle").textContent = about;
  if (slug) option.dataset.slug = slug;
  return option;
}
