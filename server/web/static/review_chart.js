// Heart rate and movement of one lane, drawn by uPlot once somebody opens it.

import { writerOf } from "./local_text.js";
import { drawGaps, fillGap, nameGap } from "./review_gap_blocks.js";
import { make, tellClock } from "./review_svg.js";
import { t } from "./translate.js";

const AXIS_PX = 52;
const [HEART_PX, MOVEMENT_PX] = [160, 120];
const LEAST_RANGE = 20; // a flat heart rate isn't drawn as a mountain range
const MOVEMENT = () => ({ mad_mg: t("Movement, MAD, mg"), enmo_mg: t("Movement, ENMO, mg") });
const INK = "#111";
const write = writerOf(document.documentElement.lang);
let loading = null;

/** Draws into a lane's charts. `tell` puts words into the reading line. */
export function createCharts(lane, session, shown, tell) {
  let traces = null;
  let charts = [];
  let movement = "";

  async function show(wanted) {
    movement = wanted;
    try {
      traces ??= await readTraces(session, lane.lane.participant);
      loading ??= import("./vendor/uplot.js");
      draw((await loading).default);
    } catch {
      traces = null;
      loading = null;
      clear(make("p", { textContent: t("The server didn't answer. Close the lane and open it again.") }));
    }
  }

  function draw(uPlot) {
    clear();
    if (traces === null || lane.charts.hidden) return;
    const origin = Date.parse(traces.origin);
    const gaps = (stream) => traces.gaps.filter((gap) => gap.stream === stream);
    if (traces.heart_rate === null) lane.charts.append(make("p", { textContent: t("No heart rate of hers came in this session.") }));
    else add(uPlot, t("Heart rate, bpm, each at its time ± {n} s; rings: values that don't count", { n: traces.heart_rate.t_error_s }), HEART_PX, heartColumns(traces.heart_rate, origin, gaps("heart")), gaps("heart"), [line(), rings()]);
    if (movement === "") return;
    if (traces.movement === null) lane.charts.append(make("p", { textContent: t("No movement of hers came in this session.") }));
    else add(uPlot, MOVEMENT()[movement], MOVEMENT_PX, [traces.movement.t_s.map((s) => origin + s * 1000), traces.movement[movement]], gaps("movement"), [line()]);
  }

  function add(uPlot, name, height, data, gaps, series) {
    lane.charts.append(make("p", { className: "chart-name", textContent: name }));
    const options = {
      width: lane.svg.clientWidth + AXIS_PX, height, padding: [6, 0, 0, 0], legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      scales: { x: { time: false, range: () => [shown.from, shown.until] }, y: { range: (_, low, high) => frame(low, high) } },
      axes: [
        { size: 28, font: "12px sans-serif", stroke: INK, grid: { stroke: "#dcdcd6", width: 1 }, values: (_, ticks) => ticks.map((at) => write(tellClock(at))), incrs: [1, 2, 5, 10, 30, 60, 120, 300, 600, 900, 1800].map((s) => s * 1000), space: 74 },
        { size: AXIS_PX, font: "12px sans-serif", stroke: INK, grid: { stroke: "#dcdcd6", width: 1 }, values: (_, ticks) => ticks.map(write), space: 26 },
      ],
      series: [{}, ...series],
      hooks: { drawClear: [(chart) => drawGaps(chart, gaps, fillGap)], draw: [(chart) => drawGaps(chart, gaps, nameGap)], setCursor: [(chart) => tellValue(chart, name, tell)], setSelect: [(chart) => select(chart, shown)] },
    };
    charts.push(new uPlot(options, data, lane.charts));
  }

  function clear(...instead) {
    for (const chart of charts) chart.destroy();
    charts = [];
    lane.charts.replaceChildren(...instead);
  }

  return {
    show,
    close: () => clear(),
    move: () => { for (const chart of charts) chart.setScale("x", { min: shown.from, max: shown.until }); },
    resize: () => { if (charts.length) show(movement); },
  };
}

/** Asks again while they are being worked out: each answer waits a moment itself. */
async function readTraces(session, participant, tries = 10) {
  const answer = await fetch(`/api/v1/sessions/${session}/traces/${participant}`);
  if (answer.status === 503 && tries > 1) {
    await new Promise((over) => setTimeout(over, 1000));
    return readTraces(session, participant, tries - 1);
  }
  if (answer.status === 404) return { origin: "1970-01-01T00:00:00Z", heart_rate: null, movement: null, gaps: [] };
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Values that count, with a hole at each gap, and those that don't. */
function heartColumns({ t_s: seconds, hr_bpm: bpm, counts }, origin, gaps) {
  const holes = gaps.map((gap) => Date.parse(gap.begins)).sort((one, other) => one - other);
  const [times, good, refused] = [[], [], []];
  const add = (at, one, other) => { times.push(at); good.push(one); refused.push(other); };
  seconds.forEach((second, place) => {
    const now = origin + second * 1000;
    while (holes.length && holes[0] < now - 1) {
      const hole = holes.shift() + 1;
      if (times.length && hole > times.at(-1)) add(hole, null, null);
    }
    add(now, counts[place] ? bpm[place] : null, counts[place] ? null : bpm[place]);
  });
  return [times, good, refused];
}

const line = () => ({ stroke: "#103a52", width: 1.6, points: { show: false }, spanGaps: false });
const rings = () => ({ stroke: INK, paths: () => null, points: { show: true, size: 5, stroke: INK, fill: "#fff", width: 1 } });

function frame(low, high) {
  if (low === null) return [0, LEAST_RANGE];
  const lack = Math.max(0, LEAST_RANGE - (high - low)) / 2;
  return [Math.max(0, Math.floor((low - 3 - lack) / 5) * 5), Math.ceil((high + 3 + lack) / 5) * 5];
}

function tellValue(chart, name, tell) {
  const { idx } = chart.cursor;
  if (idx === null || idx === undefined) return;
  const values = chart.data.slice(1).map((column) => column[idx]).filter((value) => value !== null);
  tell(`${tellClock(chart.data[0][idx])} · ${name}: ${values[0] ?? t("unknown")}`);
}

function select(chart, shown) {
  const { left, width } = chart.select;
  if (width < 5) return;
  shown.set(chart.posToVal(left, "x"), chart.posToVal(left + width, "x"));
  chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
}
