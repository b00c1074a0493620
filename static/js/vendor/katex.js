// Typesets formulas. Bundled to vendor/katex/katex.js, fetched at the first formula.

export { render } from "katex";
