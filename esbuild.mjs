// Builds what browsers load: the bundles in static/build, the libraries in static/vendor, the icons.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const ICONS = {
  search: "search", members: "users", back: "arrow-left", menu: "menu", more: "ellipsis",
  send: "arrow-up", stop: "square", reply: "reply", copy: "copy", edit: "pencil",
  delete: "trash-2", retry: "rotate-ccw", react: "smile-plus", close: "x", add: "plus",
  settings: "settings", theme: "sun-moon", down: "arrow-down", check: "check", everyone: "users",
  offline: "wifi-off", leave: "log-out", link: "link", private: "lock", person: "user-plus",
};

async function sprite() {
  const symbols = Object.entries(ICONS).map(async ([name, file]) => {
    const svg = await readFile(`node_modules/lucide-static/icons/${file}.svg`, "utf8");
    const shapes = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
    return `  <symbol id="icon-${name}" viewBox="0 0 24 24">${shapes}</symbol>\n`;
  });
  const body = (await Promise.all(symbols)).join("");
  const head = "{# Built by esbuild.mjs from Lucide (ISC, static/vendor/LICENSES.txt). #}\n";
  await writeFile("templates/components/_icons.html", `${head}<svg hidden>\n${body}</svg>\n`);
}

const common = { bundle: true, minify: true, charset: "utf8", target: "es2022", logLevel: "warning" };

await sprite();
await build({
  ...common,
  entryPoints: { site: "static/css/site.css" },
  outdir: "static/build",
});
