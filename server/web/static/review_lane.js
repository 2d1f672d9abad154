// One participant's lane: stations, sets, efforts, events, stops, and the strap with its gaps.

import { bar, guessWidth, make, shape, tellClock } from "./review_svg.js";
import { t } from "./translate.js";

const [LANE_PX, EMPTY_PX] = [66, 38];
const [STATION_Y, SET_Y, MARK_Y, STRAP_Y] = [2, 19, 34, 51];
const at = (utc) => Date.parse(utc);
const span = (one) => `${tellClock(at(one.begins))} – ${tellClock(at(one.ends))}`;

/** The lane for the page, its button, and how to draw it anew. */
export function createLane(lane, shown, mayCorrect) {
  const button = make("button", { type: "button" }, make("b", { textContent: lane.participant }), " ", make("span", { className: "name", textContent: lane.sign }), make("span", { className: "visually-hidden", textContent: ` ${t("heart rate and movement")}` }));
  button.setAttribute("aria-expanded", "false");
  const isEmpty = ["sets", "ratings", "events", "notes", "stops", "gaps", "wearing"].every((one) => lane[one].length === 0);
  const svg = shape("svg", { height: isEmpty ? EMPTY_PX : LANE_PX, "aria-hidden": "true" });
  const charts = make("div", { className: "charts", hidden: true });
  const head = make("div", { className: "head" }, button);
  const node = make("li", { className: "row lane" }, head, svg, charts);
  node.dataset.participant = lane.participant;

  function draw() {
    const width = svg.clientWidth;
    const place = (utc) => shown.place(at(utc), width);
    const isSeen = (one) => at(one.ends ?? one.at) >= shown.from && at(one.begins ?? one.at) <= shown.until;
    const seen = (list) => list.filter((one) => (one.begins ?? one.at) !== "" && isSeen(one));
    svg.replaceChildren(
      ...seen(lane.sets).flatMap((one) => drawSet(one, place)),
      ...seen(lane.stops).flatMap((one) => drawStop(one, place, width)),
      ...seen(lane.wearing).flatMap((one) => drawStrap(one, place, width, mayCorrect)),
      ...seen(lane.gaps).map((one) => drawGap(one, place)),
      ...seen(lane.wearing).flatMap((one) => nameStrap(one, place, width)),
      ...seen(lane.notes).flatMap((one) => drawMark(one, place, "note")),
      ...seen(lane.ratings).flatMap((one) => drawMark(one, place, "rating")),
      ...seen(lane.events).flatMap((one) => drawEvent(one, place)),
      ...(isEmpty ? [shape("text", { x: 10, y: 24, class: "bar-text" }, t("Nothing was written down of her."))] : []),
    );
  }

  return { node, button, svg, charts, draw, lane };
}

function drawSet(one, place) {
  const [from, until] = [place(one.begins), place(one.ends)];
  const words = `${span(one)} · ${one.words}`;
  const parts = [bar(from + 0.5, until - 0.5, SET_Y, 12, `set ${one.kind}`, words)];
  if (one.kind === "missing" && until - from > 4) parts.push(shape("path", { class: "cross", d: `M${from} ${SET_Y}L${until} ${SET_Y + 12}M${from} ${SET_Y + 12}L${until} ${SET_Y}` }));
  if (one.label === "" || one.begins === one.ends) return parts;
  parts.push(bar(from, until, STATION_Y, 15, "station", words));
  if (until - from >= guessWidth(one.label)) parts.push(text((from + until) / 2, STATION_Y + 12, one.label));
  return parts;
}

function drawStop(one, place, width) {
  const [from, until] = [Math.max(place(one.begins), 0), Math.min(place(one.ends), width)];
  const words = `${span(one)} · ${one.words}`;
  return [bar(from, until, MARK_Y, 15, "stop", words), ...label(one.label, from + 10, until, MARK_Y)];
}

function drawStrap(one, place, width, mayCorrect) {
  const [from, until] = [Math.max(place(one.begins), 1), Math.min(place(one.ends), width - 1)];
  const frame = bar(from, until, STRAP_Y, 13, `worn ${one.kind}${mayCorrect ? " movable" : ""}`, `${span(one)} · ${one.words}`);
  Object.assign(frame.dataset, { about: one.about, strap: one.label });
  return [frame];
}

function nameStrap(one, place, width) {
  const [from, until] = [Math.max(place(one.begins), 1), Math.min(place(one.ends), width - 1)];
  return label(one.kind === "disputed" ? `${one.label} ?` : one.label, from, until, STRAP_Y - 0.5);
}

function drawGap(one, place) {
  const isHeart = one.stream === "heart";
  return bar(place(one.begins), place(one.ends), isHeart ? STRAP_Y : STRAP_Y + 7, isHeart ? 7 : 6, "gap", `${span(one)} · ${one.words}`);
}

function drawMark(one, place, name) {
  const x = place(one.at);
  const width = Math.max(guessWidth(one.label) + 4, 17);
  const ring = shape("rect", { x: x - width / 2, y: MARK_Y, width, height: 15, rx: name === "rating" ? 7.5 : 1, class: name });
  return withWords(one, ring, text(x, MARK_Y + 12, one.label));
}

function drawEvent(one, place) {
  const x = place(one.at);
  return withWords(one, shape("path", { class: "event", d: `M${x} ${MARK_Y - 2}l9.5 9.5-9.5 9.5-9.5-9.5z` }));
}

function withWords(one, ...nodes) {
  for (const node of nodes) node.dataset.words = `${tellClock(at(one.at))} · ${one.words}`;
  return nodes;
}

function label(words, from, until, y) {
  const width = guessWidth(words);
  if (until - from < width + 6) return [];
  const ground = shape("rect", { x: from + 4, y: y + 1.5, width: width - 4, height: 11, class: "label-ground", "pointer-events": "none" });
  return [ground, shape("text", { x: from + 7, y: y + 11, class: "bar-text", "pointer-events": "none" }, words)];
}

function text(x, y, words) {
  return shape("text", { x, y, class: "mark-text", "pointer-events": "none" }, words);
}
