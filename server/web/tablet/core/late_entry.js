// Where somebody who comes late goes in: the station of the first work that begins once she is ready. Pure.

import { parseUtc } from "./envelope.js";
import { stationInSlot } from "./rotation.js";

/**
 * @param {object} clock of the folded session, running or held @param {number} start where she rotates from
 * @param {number} readyMs @param {number} nowMs UTC
 * @returns {{station: number, round: number, beginsMs: number}|null} null: no work begins any more. While
 *   the clock is held `beginsMs` moves on with it
 */
export function findEntry(clock, start, readyMs, nowMs) {
  if (clock.segment === null) return null;
  let beginsMs = clock.ends_at === null ? nowMs + clock.remaining_ms : parseUtc(clock.ends_at);
  for (const segment of clock.segments.slice(clock.segment + 1).filter(({ cut }) => !cut)) {
    if (segment.kind === "work" && beginsMs >= readyMs) {
      const station = stationInSlot(start, clock.direction, segment.slot, clock.stations.length);
      return { station, round: segment.round, beginsMs };
    }
    beginsMs += segment.seconds * 1000;
  }
  return null;
}
