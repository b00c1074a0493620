// The operations page: keeps an hour of readings, draws them, and follows the model server's log.

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

const HOUR_S = 3_600;
const RETRY_MS = 2_000;
const GIB = 2 ** 30;
const HEIGHT = 130; // pixels, as in ops.css
const NOT_SIGNED_IN = 4401;
const NOT_ALLOWED = 4403;

const strings = JSON.parse(document.getElementById("strings").textContent);
const percent = (value) => `${Math.round(value)} %`;
const gib = (value) => `${(value / GIB).toFixed(1)} GiB`;
const share = (used, total) => strings.of.replace("{used}", gib(used)).replace("{total}", gib(total));
const known = (value, text) => (value === null ? strings.unknown : text(value));

// What each chart draws of a reading, and what it says in words.
const CHARTS = {
  cpu: { value: (r) => r.cpu, words: (r) => percent(r.cpu), most: 100 },
  memory: {
    value: (r) => (100 * r.memory_used) / r.memory_total,
    words: (r) => share(r.memory_used, r.memory_total),
    most: 100,
  },
  disk: {
    value: (r) => (100 * r.disk_used) / r.disk_total,
    words: (r) => share(r.disk_used, r.disk_total),
    most: 100,
  },
  gpu: {
    value: (r) => r.gpus[0]?.load ?? null,
    words: (r) =>
      r.gpus.map((g) => `${g.name}: ${percent(g.load)}, ${share(g.memory_used, g.memory_total)}`).join("; "),
    most: 100,
  },
  tokens: { value: (r) => r.tokens_per_s, words: (r) => known(r.tokens_per_s, (v) => v.toFixed(1)) },
  running: { value: (r) => r.running, words: (r) => known(r.running, String) },
  waiting: {
    value: (r) => r.waiting,
    words: (r) =>
      r.waiting
        ? strings.oldest.replace("{count}", r.waiting).replace("{seconds}", Math.round(r.oldest_wait_s))
        : "0",
  },
};

const clock = (at) =>
  new Date(at * 1_000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

let readings = [];
const plots = new Map();

function draw() {
  const newest = readings.at(-1);
  const hasGpu = newest.gpus.length > 0;
  document.getElementById("no-gpu").hidden = hasGpu;
  for (const figure of document.querySelectorAll("[data-chart]")) {
    const name = figure.dataset.chart;
    figure.hidden = name === "gpu" && !hasGpu;
    if (figure.hidden) continue;
    figure.querySelector("output").textContent = CHARTS[name].words(newest);
    plotIn(figure, name).setData([readings.map((r) => r.at), readings.map(CHARTS[name].value)]);
  }
}

function plotIn(figure, name) {
  if (!plots.has(name)) plots.set(name, newPlot(figure.querySelector(".plot"), CHARTS[name].most));
  return plots.get(name);
}

function newPlot(place, most) {
  const { color: ink, borderTopColor: line, outlineColor: accent } = getComputedStyle(place);
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const hour = (_, __, latest) => [latest - HOUR_S, latest];
  const range = most ? [0, most] : (_, __, highest) => [0, Math.max(1, highest)];
  return new uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { range: hour }, y: { range } },
      axes: [{ ...axis, space: 70, values: (_, times) => times.map(clock) }, { ...axis, size: 42 }],
      series: [{}, { stroke: accent, width: 1.5, points: { show: false } }],
    },
    [[], []],
    place,
  );
}

function hear({ readings: more, log }) {
  if (more) {
    readings = [...readings, ...more];
    readings = readings.filter((reading) => reading.at > readings.at(-1).at - HOUR_S);
    draw();
  }
  if (log) follow(log);
}

function follow(lines) {
  const place = document.getElementById("log");
  if (!place) return;
  const atEnd = place.scrollTop + place.clientHeight >= place.scrollHeight - 8;
  place.textContent = lines.join("\n") || strings.no_line;
  if (atEnd) place.scrollTop = place.scrollHeight;
}

const line = document.getElementById("line");
const select = document.getElementById("lines");
let socket;

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(`${scheme}://${location.host}/ws/staff/?lines=${select?.value ?? ""}`);
  socket = mine;
  readings = [];
  mine.onopen = () => (line.textContent = strings.live);
  mine.onmessage = ({ data }) => hear(JSON.parse(data));
  mine.onclose = ({ code }) => {
    if (mine !== socket) return; // another one has taken its place
    const ended = code === NOT_SIGNED_IN || code === NOT_ALLOWED;
    line.textContent = ended ? strings.ended : strings.lost;
    if (!ended) setTimeout(connect, RETRY_MS);
  };
}

select?.addEventListener("change", () => {
  const old = socket;
  connect();
  old.close();
});
addEventListener("resize", () => {
  for (const [name, plot] of plots) {
    const place = document.querySelector(`[data-chart=${name}] .plot`);
    plot.setSize({ width: place.clientWidth, height: HEIGHT });
  }
});
connect();
