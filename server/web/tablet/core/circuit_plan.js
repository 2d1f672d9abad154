// A planned session as the circuit that the clock runs: its segments, and who begins where. Pure.

import { quietestStart } from "./rotation.js";

/**
 * @param {{rounds: number, rest_s: number, rest_scope: string, changeover_s: number,
 *   stations: object[], minutes: {turn_work_s: number}}} planned
 * @returns {{kind: "work"|"rest"|"change", round: number, slot: number, seconds: number}[]}
 */
export function buildSegments(planned) {
  const segments = [];
  const slots = planned.stations.length;
  for (let round = 1; round <= planned.rounds; round++) {
    for (let slot = 1; slot <= slots; slot++) {
      segments.push({ kind: "work", round, slot, seconds: Math.round(planned.minutes.turn_work_s) });
      if (round === planned.rounds && slot === slots) continue; // nothing comes after it
      const rests = planned.rest_scope !== "between_rounds" || slot === slots;
      const pause = rests ? { kind: "rest", round, slot, seconds: planned.rest_s }
        : { kind: "change", round, slot, seconds: planned.changeover_s };
      if (pause.seconds > 0) segments.push(pause);
    }
  }
  return segments;
}

/** Where the evening's rotation has them begin; whom it doesn't know, where fewest do.
 * @param {string[]} codes @param {Record<string, number>} told */
export function assignStarts(codes, told, nStations) {
  const known = codes.filter((code) => told[code] < nStations).map((code) => [code, told[code]]);
  const starts = Object.fromEntries(known);
  for (const code of codes) starts[code] ??= quietestStart(starts, nStations);
  return starts;
}
