// Times and days in the reader's language and time zone.

import { language } from "../page.js";

const clock = new Intl.DateTimeFormat(language, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const sameYear = { month: "long", day: "numeric", weekday: "long" };
const dayOfThisYear = new Intl.DateTimeFormat(language, sameYear);
const dayOfAnyYear = new Intl.DateTimeFormat(language, { ...sameYear, year: "numeric" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

export const timeOf = (date) => clock.format(date);
export const fullDate = (date) => full.format(date);

/** `2026-11-22` in the reader's time zone. */
export function dayKey(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dayTitle(date) {
  const here = date.getFullYear() === new Date().getFullYear();
  return (here ? dayOfThisYear : dayOfAnyYear).format(date);
}
