// A line of heart rates with uPlot; holes in the data stay holes.

import { writerOf } from "/static/local_text.js";
import uPlot from "uplot";
import { formatClock } from "../core/words_of_time.js";

const STYLE = "/tablet/app/vendor/uplot.css";
const GAP_MS = 5000; // a value comes every second; five without are a hole

/** @param {HTMLElement} holder @param {{ms: number, bpm: number}[]} values */
export function drawTrend(holder, values) {
  if (!document.querySelector(`link[href="${STYLE}"]`)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE }));
  }
  const points = values.flatMap((value, place) => {
    const before = values[place - 1];
    const hole = before && value.ms - before.ms > GAP_MS ? [[before.ms + 1000, null]] : [];
    return [...hole, [value.ms, value.bpm]];
  });
  const data = [points.map(([ms]) => ms / 1000), points.map(([, bpm]) => bpm)];
  const write = writerOf(document.documentElement.lang);
  const options = {
    width: holder.clientWidth,
    height: 160,
    legend: { show: false },
    cursor: { show: false },
    axes: [
      { values: (_, ticks) => ticks.map((s) => write(formatClock(s * 1000))) },
      { values: (_, ticks) => ticks.map(write) },
    ],
    series: [{}, { stroke: "#103a52", width: 3, spanGaps: false }],
  };
  return new uPlot(options, data, holder);
}
