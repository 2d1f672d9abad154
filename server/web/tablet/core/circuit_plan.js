// A planned session as the circuit that the clock runs: its segments, and who begins where. Pure.

const CHANGE_S = 15; // between stations when the plan rests only between rounds

/**
 * @param {{rounds: number, rest_s: number, rest_scope: string, stations: object[],
 *   minutes: {turn_work_s: number}}} planned
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
      segments.push(rests
        ? { kind: "rest", round, slot, seconds: planned.rest_s }
        : { kind: "change", round, slot, seconds: CHANGE_S });
    }
  }
  return segments;
}

/** Floor order round the stations: more people than stations share. @param {string[]} codes */
export function assignStarts(codes, nStations) {
  return Object.fromEntries(codes.map((code, place) => [code, place % nStations]));
}
