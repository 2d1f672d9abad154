// What taps mean for another exercise tonight: from now on she does it at that station, until somebody
// says otherwise. What she stands on in her plan stays.

import { chooseOpen } from "../core/fold/substitutes.js";
import { isPlanned } from "../core/set_changes.js";
import { makeTold } from "../core/told.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { clock, planned } from "./model.js";
import { isReady, personOf, prescribedTo, stationOf } from "./people.js";
import { findSet, readOne } from "./set_acts.js";

/** @param {object} station of the planned session @returns {object[]} what is open to her there */
export function listChoices(code, station) {
  const ready = isReady(code);
  const own = chooseOpen(prescribedTo(code, station), null, ready)?.exercise ?? station.exercise;
  return (station.alternatives ?? []).filter(({ exercise, locked }) => exercise !== own && (ready || !locked));
}

/** What was said of another exercise there, while it holds: what she may not do doesn't.
 * @returns {object|null} with `instead`, what she does */
export function substitutionAt(code, station) {
  const said = personOf(code).substitutions[station.exercise] ?? null;
  return said?.instead && chooseOpen(null, said.instead, isReady(code)) ? said : null;
}

/** @param {object|null} choice one of her choices; null: what was prescribed */
export const substitute = (code, station, choice, text) => enter(() => {
  const said = substitutionAt(code, station);
  if (said?.instead.exercise === choice?.exercise) return [];
  const instead = choice && { ...makeTold(choice), locked: choice.locked };
  const value = { at: readNowUtc(), instead, reason_chip: null };
  return [...draftUnseen(code, station), { kind: "substitution", about: `${code}/${station.exercise}`, value }];
}, text);

/** The tap that opened her drawer said of the set she is at: seen, as planned. That isn't so any more. */
export function draftUnseen(code, station) {
  const { kind, round } = clock.value;
  const index = planned.value.stations.indexOf(station);
  if (kind !== "work" || index !== stationOf(code)) return [];
  const set = findSet(code, index, round);
  const { value, isEntered } = readOne(code, set);
  if (!isEntered || !isPlanned(value) || value.technique !== null) return [];
  return draftFact("set", `${code}/${set.name}`, null, "another exercise");
}

/** The reason comes after it and corrects it, so that it holds from when it was said. */
export const explainSubstitution = (code, station, reason_chip) => enter(() => {
  const said = substitutionAt(code, station);
  if (said === null || said.reason_chip === reason_chip) return [];
  const { at, instead, event } = said;
  return [{ kind: "substitution", about: `${code}/${station.exercise}`, value: { at, instead, reason_chip }, supersedes: event, reason: "why another exercise" }];
});
