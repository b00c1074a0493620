// Copying, and the spoken word that it worked.

import { say } from "../status.js";

export async function copyText(text, done) {
  await navigator.clipboard.writeText(text);
  say(done);
}
