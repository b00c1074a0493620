// A text as the server stores and counts it (echomind/common/text.py), and as it is compared.

/** Composed, without blank space around it. */
export const cleaned = (text) => text.normalize("NFC").trim();

/** How many characters: an emoji or a rare ideograph is one, though JavaScript holds two units. */
export const countOf = (text) => [...text].length;

/** Without differences of case and width: `＠Ｅｃｈｏ` is `@echo`. */
export const folded = (text) => text.normalize("NFKC").toLowerCase();
