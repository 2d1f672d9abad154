// Who comes and goes: what a tap says, and the place that a latecomer gets.

import { countsAsHere } from "../core/fold/standing.js";
import { quietestStart } from "../core/rotation.js";
import { enter, readNowUtc } from "./entering.js";
import { state } from "./model.js";
import { personOf } from "./people.js";
import { draftPrescriptions } from "./prescribing.js";
import { draftEnd } from "./wearing.js";

/** @param {"present"|"late"|"away"|"back"|"left"|"absent"} status */
export const draftAttendance = (code, status, why = null) =>
  ({ kind: "attendance", about: code, value: { status, why } });

const BEFORE = new Set(["room_check", "arrivals"]);
export const areArriving = () => BEFORE.has(state.value.phase?.phase);

const WENT = new Set(["away", "left"]);
export const hasGone = (code) => WENT.has(personOf(code).attendance);
/** Whoever went comes back; once the warm-up has begun, whoever comes is late. */
export const arrivalOf = (code) => (hasGone(code) ? "back" : areArriving() ? "present" : "late");

export const setAttendance = (code, status, text) => enter(() =>
  personOf(code).attendance === status ? []
    : [...draftPlace(code, status), draftAttendance(code, status), ...draftHome(code, status)], text);

/** Her strap doesn't go home with her. */
const draftHome = (code, status) => (status === "left" ? draftEnd(code, readNowUtc(), "went home") : []);

/** Somebody who comes after the start gets her prescription and, unless the start counted her, the
 * station where fewest are. */
export function draftPlace(code, status) {
  const { clock } = state.value;
  if (clock.state === "idle" || !countsAsHere(status)) return [];
  const prescription = personOf(code).prescription === null ? draftPrescriptions([code]) : [];
  return [...prescription, ...(personOf(code).start_station === null ? [draftStation(code)] : [])];
}

/** The station where fewest are. */
export function draftStation(code) {
  const { clock, people } = state.value;
  const starts = Object.fromEntries(Object.entries(people).filter(([, p]) => p.start_station !== null)
    .map(([other, p]) => [other, p.start_station]));
  const start = quietestStart(starts, clock.stations.length);
  return { kind: "station_assigned", about: code, value: { at: readNowUtc(), start_station: start } };
}
