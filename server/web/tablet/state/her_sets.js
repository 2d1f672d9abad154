// Her sets tonight: the one she is at, and all that can be looked at again.

import { findOffered } from "../core/targets.js";
import { clock, planned, setsPlannedFor } from "./model.js";
import { isBegun, personOf, setAt, stationOf, targetOf } from "./people.js";
import { roundsBegun } from "./rounds.js";
import { findSet, listEntered } from "./set_acts.js";

/** Where she works, or in a rest where she just worked.
 * @returns {import("./set_acts.js").One|null} null without a station */
export function findSetNow(code) {
  const station = stationOf(code);
  return station === null ? null : findSet(code, station, Math.max(1, roundsBegun()));
}

/** Whether anything can be said of a station's set in a round: its work has begun. */
export function hasBegun(code, station, round) {
  const set = setAt(code, station, round);
  return round <= roundsBegun() && (set === null || isBegun(set.index));
}

/** Those that have begun and weren't cut, and all that were entered, the last one first.
 * @returns {import("./set_acts.js").One[]} */
export function listHerSets(code) {
  const { sets } = personOf(code);
  const all = setsPlannedFor(code).map((slot) => ({ ...findSet(code, slot.station, slot.round, slot), index: slot.index }));
  const mayBeSaid = ({ name, index }) => sets[name]?.event || (isBegun(index) && !clock.value.segments[index].cut);
  const extra = listEntered(code).filter(({ name }) => !all.some((set) => set.name === name));
  const listed = [...all.filter(mayBeSaid), ...extra.map((set) => ({ ...set, index: Infinity }))];
  return listed.sort((one, other) => other.round - one.round || other.index - one.index)
    .map(({ name, round, station }) => ({ name, round, station }));
}

/** As the plan calls it: also what she doesn't do at that station any more. */
export function nameExercise(code, station, exercise) {
  const target = targetOf(code, station);
  if (target === null || target.exercise === exercise) return target?.name ?? exercise;
  return findOffered(planned.value.stations[station], exercise).name;
}
