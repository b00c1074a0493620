// Builds what browsers load: the bundles in static/build, the libraries in static/vendor, the icons.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const ICONS = {
  search: "search", members: "users", back: "arrow-left", menu: "menu", more: "ellipsis",
  send: "arrow-up", stop: "square", reply: "reply", copy: "copy", edit: "pencil",
  delete: "trash-2", retry: "rotate-ccw", react: "smile-plus", close: "x", add: "plus",
  settings: "settings", theme: "sun-moon", down: "arrow-down", check: "check", everyone: "users",
  offline: "wifi-off", leave: "log-out", link: "link", private: "lock", write: "message-square", person: "user-plus",
  health: "activity", parameters: "sliders-horizontal",
  regenerate: "refresh-cw", model: "cpu", continue: "step-forward", fork: "git-fork", passport: "id-card",
  previous: "chevron-left", next: "chevron-right", memory: "brain", remember: "bookmark-plus", download: "download", face: "smile",
  knowledge: "book-open",
};

async function sprite() {
  const symbols = Object.entries(ICONS).map(async ([name, file]) => {
    const svg = await readFile(`node_modules/lucide-static/icons/${file}.svg`, "utf8");
    const shapes = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
    return `  <symbol id="icon-${name}" viewBox="0 0 24 24">${shapes}</symbol>\n`;
  });
  const body = (await Promise.all(symbols)).join("");
  const head = "{# Built by esbuild.mjs from Lucide (ISC, static/vendor/LICENSES.txt). #}\n{# djlint:off #}\n";
  await writeFile("templates/components/_icons.html", `${head}<svg hidden>\n${body}</svg>\n`);
}

const options = { bundle: true, minify: true, charset: "utf8", target: "es2022", logLevel: "warning" };
const module = { ...options, format: "esm" };

async function licences() {
  const names = ["marked", "dompurify", "highlight.js", "katex", "lucide-static", "uplot"];
  const parts = names.map(async (name) => {
    const text = await readFile(`node_modules/${name}/LICENSE`, "utf8").catch(() =>
      readFile(`node_modules/${name}/LICENSE.md`, "utf8"),
    );
    return `==== ${name} ====\n\n${text.trim()}\n`;
  });
  await writeFile("static/vendor/LICENSES.txt", (await Promise.all(parts)).join("\n"));
  const versions = names.map(async (name) => {
    const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`));
    return `${name} ${version} (${license.replace(/[()]/g, "")})\n`;
  });
  await writeFile("static/vendor/VERSIONS.txt", (await Promise.all(versions)).join(""));
}

// A test compares this with the sources, so that nobody forgets to build.
async function fingerprint() {
  const found = await readdir("static", { recursive: true });
  const sources = found.filter((name) => /^(css|js)\/.*\.(css|js)$/.test(name)).sort();
  const lines = sources.map(async (name) => {
    const digest = createHash("sha256").update(await readFile(`static/${name}`)).digest("hex");
    return `${digest}  ${name}\n`;
  });
  await writeFile("static/build/SOURCES.sha256", (await Promise.all(lines)).join(""));
}

await mkdir("static/vendor/katex", { recursive: true });
await sprite();
await build({
  ...options,
  entryPoints: { site: "static/css/site.css", chat: "static/css/chat.css" },
  outdir: "static/build",
});
await build({
  ...module,
  entryPoints: {
    chat: "static/js/chat/room.js",
    corpus: "static/js/rag/corpus.js",
    operations: "static/js/ops/operations.js",
  },
  outdir: "static/build",
});
await build({
  ...module,
  entryPoints: ["markdown", "highlight"].map((name) => `static/js/vendor/${name}.js`),
  outdir: "static/vendor",
  legalComments: "none",
});
await build({
  ...module,
  entryPoints: ["static/js/vendor/katex.js", "node_modules/katex/dist/katex.css"],
  entryNames: "katex",
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
  outdir: "static/vendor/katex",
  legalComments: "none",
});
await licences();
await fingerprint();
