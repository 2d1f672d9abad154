// A session on one axis of time: lanes, zoom, and heart rates for who opens them.

import { createAxis } from "./review_axis.js";
import { createCharts } from "./review_chart.js";
import { brush, moveStraps } from "./review_drag.js";
import { createLane } from "./review_lane.js";
import { tellClock } from "./review_svg.js";
import { createWindow } from "./review_window.js";
import { loadCatalogue, t } from "./translate.js";

const byId = (id) => document.getElementById(id);
const main = document.querySelector("main");
const CLOSER = 0.5;
const STEP = 0.2; // of what is shown
const MARGIN_MS = 60_000; // about the circuit

await loadCatalogue(document.documentElement.lang);
const { session } = main.dataset;
const answer = await fetch(`/api/v1/sessions/${session}/review`).catch(() => null);
if (answer?.ok) start(await answer.json());

function start(review) {
  if (review.lanes.length === 0) return;
  byId("drawing").hidden = false;
  byId("tables").open = false;
  const shown = createWindow(Date.parse(review.begins), Date.parse(review.ends));
  const mayCorrect = "mayCorrect" in main.dataset;
  const axis = createAxis(review, shown);
  const lanes = review.lanes.map((lane) => createLane(lane, shown, mayCorrect));
  byId("axis").append(...axis.rows);
  byId("lanes").append(...lanes.map((lane) => lane.node));
  const tell = (words) => { byId("reading").textContent = words; };
  const charts = lanes.map((lane) => createCharts(lane, session, shown, tell));

  const draw = () => { axis.draw(); for (const lane of lanes) lane.draw(); };
  shown.listen(() => { draw(); for (const chart of charts) chart.move(); tellWindow(shown); });
  let width = 0;
  new ResizeObserver(() => {
    if (axis.axis.clientWidth === width) return;
    width = axis.axis.clientWidth;
    draw();
    for (const chart of charts) chart.resize();
  }).observe(byId("lanes"));

  const { begins, ends } = shown;
  const choose = (from, until) => shown.set(from, until);
  brush(axis.overview, (x) => begins + (x / axis.overview.clientWidth) * (ends - begins), choose, shown.whole);
  for (const svg of [axis.axis, ...lanes.map((lane) => lane.svg)]) brush(svg, (x) => shown.read(x, svg.clientWidth), choose, shown.whole);
  if (mayCorrect) moveStraps(lanes, tell);
  byId("drawing").addEventListener("pointerover", ({ target }) => { if (target.dataset?.words) tell(target.dataset.words); });
  useTools(shown, review.group.segments, lanes, charts);
  useKeys(shown, lanes);
  tellWindow(shown);
  tell(t("Point at anything: what it is stands here."));
  const wanted = new URLSearchParams(location.search).get("participant");
  const first = lanes.findIndex(({ lane }) => (wanted ? lane.participant === wanted : lane.traces.includes("heart_rate")));
  if (first >= 0) lanes[first].button.click();
  if (wanted && first >= 0) lanes[first].button.focus();
}

function useTools(shown, circuit, lanes, charts) {
  byId("zoom-in").addEventListener("click", () => shown.zoom(CLOSER));
  byId("zoom-out").addEventListener("click", () => shown.zoom(1 / CLOSER));
  byId("whole").addEventListener("click", shown.whole);
  byId("circuit").disabled = circuit.length === 0;
  byId("circuit").addEventListener("click", () => shown.set(Date.parse(circuit[0].begins) - MARGIN_MS, Date.parse(circuit.at(-1).ends) + MARGIN_MS));
  const movement = byId("movement");
  const open = (place, isOpen) => {
    const { button, charts: room } = lanes[place];
    button.setAttribute("aria-expanded", String(isOpen));
    room.hidden = !isOpen;
    return isOpen ? charts[place].show(movement.value) : charts[place].close();
  };
  const isOpen = ({ button }) => button.getAttribute("aria-expanded") === "true";
  lanes.forEach((lane, place) => lane.button.addEventListener("click", () => open(place, !isOpen(lane))));
  movement.addEventListener("change", () => lanes.forEach((lane, place) => { if (isOpen(lane)) charts[place].show(movement.value); }));
  byId("open-all").addEventListener("click", async ({ currentTarget }) => {
    const all = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(all));
    for (const place of lanes.keys()) if (isOpen(lanes[place]) !== all) await open(place, all);
  });
}

function useKeys(shown, lanes) {
  const stay = (place) => lanes.forEach(({ button }, own) => { button.tabIndex = own === place ? 0 : -1; });
  stay(0);
  lanes.forEach(({ button }, place) => button.addEventListener("focus", () => stay(place)));
  byId("drawing").addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.tagName === "SELECT") return;
    const place = lanes.findIndex(({ button }) => button === event.target);
    const go = (to) => lanes[Math.min(Math.max(to, 0), lanes.length - 1)].button.focus();
    const anywhere = { "+": () => shown.zoom(CLOSER), "=": () => shown.zoom(CLOSER), "-": () => shown.zoom(1 / CLOSER), 0: shown.whole };
    const onLane = {
      ArrowDown: () => go(place + 1), ArrowUp: () => go(place - 1), Home: () => go(0), End: () => go(lanes.length),
      ArrowLeft: () => shown.pan(-STEP), ArrowRight: () => shown.pan(STEP),
    };
    const acts = place < 0 ? anywhere : { ...anywhere, ...onLane };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });
}

function tellWindow(shown) {
  byId("window").textContent = t("{from} to {until} UTC", { from: tellClock(shown.from), until: tellClock(shown.until) });
  byId("zoom-out").disabled = shown.isWhole;
  byId("whole").disabled = shown.isWhole;
}
