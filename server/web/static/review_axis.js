// The head of the drawing: the whole session with the part that is shown, and that part's clock.

import { bar, guessWidth, make, shape, tellClock } from "./review_svg.js";
import { t } from "./translate.js";

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((s) => s * 1000);
const LEAST_PX = 74;
const OVERVIEW_PX = 24;
const [AXIS_PX, MOMENTS_PX] = [52, 18];

/** Rows for the page, and how to draw them anew. */
export function createAxis(review, shown) {
  const overview = shape("svg", { height: OVERVIEW_PX, "aria-hidden": "true" });
  const below = 34 + (review.group.moments.length ? MOMENTS_PX : 0);
  const axis = shape("svg", { height: below + AXIS_PX - 34, "aria-hidden": "true" });
  const rows = [row(t("Whole session"), overview), row(t("Clock, UTC"), axis)];

  function draw() {
    const width = axis.clientWidth;
    drawOverview(overview, review, shown, width);
    drawAxis(axis, review.group, shown, [width, below]);
  }

  return { rows, overview, axis, draw };
}

/** Round moments that leave room for their words. */
export function listTicks(from, until, width) {
  const step = STEPS_MS.find((one) => (one / (until - from)) * width >= LEAST_PX) ?? STEPS_MS.at(-1);
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) ticks.push(at);
  return ticks;
}

function row(words, svg) {
  return make("div", { className: "row" }, make("div", { className: "head", textContent: words }), svg);
}

function drawOverview(svg, review, shown, width) {
  const { begins, ends } = shown;
  const place = (utc) => ((Date.parse(utc) - begins) / (ends - begins)) * width;
  const frame = (at) => ((at - begins) / (ends - begins)) * width;
  const parts = review.group.segments.filter((one) => one.kind === "work")
    .map((one) => bar(place(one.begins), place(one.ends), 5, 14, "segment work", one.words));
  parts.push(bar(frame(shown.from) + 1, frame(shown.until) - 1, 2, OVERVIEW_PX - 4, "frame"));
  svg.replaceChildren(...parts);
}

function drawAxis(svg, group, shown, [width, below]) {
  const place = (utc) => shown.place(Date.parse(utc), width);
  const parts = [];
  for (const one of group.segments) {
    parts.push(bar(place(one.begins), place(one.ends), 18, 15, `segment ${one.kind}`, one.words));
    if (one.kind === "work") parts.push(...name(one.label, place(one.begins), place(one.ends), 30));
  }
  for (const one of group.holds) parts.push(bar(place(one.begins), place(one.ends), 18, 15, "hold", one.words));
  for (const one of group.phases) {
    const from = Math.max(place(one.begins), 0);
    parts.push(shape("path", { class: "tick", d: `M${place(one.begins)} 2V16` }), ...name(one.label, from, Math.min(place(one.ends), width), 13, "start"));
  }
  for (const one of group.moments) {
    const at = Date.parse(one.at);
    if (at < shown.from || at > shown.until) continue;
    const x = Math.min(Math.max(shown.place(at, width), 11), width - 11);
    const mark = bar(x - 10, x + 10, 36, 15, "note", `${tellClock(at)} · ${one.words}`);
    parts.push(mark, shape("text", { x, y: 48, class: "mark-text", "pointer-events": "none" }, one.label));
  }
  for (const at of listTicks(shown.from, shown.until, width)) {
    const x = shown.place(at, width);
    parts.push(shape("path", { class: "tick", d: `M${x} ${below}V${below + 5}` }));
    if (x > 28 && x < width - 28) parts.push(shape("text", { x, y: below + 16, class: "mark-text" }, tellClock(at)));
  }
  svg.replaceChildren(...parts);
}

function name(text, from, until, y, anchor = "middle") {
  if (until - from < guessWidth(text) || until < 0) return [];
  const x = anchor === "start" ? from + 4 : (from + until) / 2;
  return [shape("text", { x, y, class: anchor === "start" ? "phase-text" : "mark-text" }, text)];
}
