// What finished HTML gains in the browser: copy buttons on code, typeset formulas.

import { assets, clone, t } from "../page.js";
import { copyText } from "./clipboard.js";

let katex;

/** Add what the blocks inside `element` need; libraries are fetched at the first need. */
export function enrich(element) {
  for (const pre of element.querySelectorAll("pre")) addCopyButton(pre);
  for (const wide of element.querySelectorAll("pre, table, .math.block")) wide.tabIndex = 0; // scrolls
  const formulas = element.querySelectorAll(".math");
  if (formulas.length) setFormulas(formulas);
}

function addCopyButton(pre) {
  if (pre.parentElement.classList.contains("code-block")) return;
  const block = document.createElement("div");
  block.className = "code-block";
  pre.replaceWith(block);
  const button = clone("code-copy");
  button.addEventListener("click", () => copyText(pre.textContent, t("copied")));
  block.append(pre, button);
}

async function setFormulas(formulas) {
  katex ??= loadKatex();
  const { render } = await katex;
  for (const formula of formulas) {
    if (formula.classList.contains("set")) continue;
    const displayMode = formula.classList.contains("block");
    formula.classList.add("set");
    render(formula.textContent, formula, { displayMode, throwOnError: false, trust: false });
  }
}

function loadKatex() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = assets.katex_css;
  document.head.append(link);
  return import(assets.katex);
}
