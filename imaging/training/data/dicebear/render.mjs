// Reads one avatar's options a line (JSON) and writes its pixels (RGB, size × size) to stdout.
// Usage: node render.mjs STYLE SIZE < options.jsonl > pixels.bin
import { createInterface } from "node:readline";
import { createAvatar } from "@dicebear/core";
import * as openPeeps from "@dicebear/open-peeps";
import * as pixelArt from "@dicebear/pixel-art";
import { Resvg } from "@resvg/resvg-js";

const STYLES = { "open-peeps": openPeeps, "pixel-art": pixelArt };
const [styleName, size] = [process.argv[2], Number(process.argv[3])];
const SETTINGS = { fitTo: { mode: "width", value: size }, font: { loadSystemFonts: false } };

function pixels(options) {
  const svg = createAvatar(STYLES[styleName], options).toString();
  const rgba = new Resvg(svg, SETTINGS).render().pixels;
  return Buffer.from(rgba.filter((_, index) => index % 4 !== 3));
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!process.stdout.write(pixels(JSON.parse(line)))) {
    await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}
