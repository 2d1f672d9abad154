// What taps mean for another exercise tonight: from now on she does it at that station, until somebody
// says otherwise. What she stands on in her plan stays.

import { UNITS } from "../core/targets.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { clock, planned } from "./model.js";
import { cardOf, personOf, prescribedTo, setAt, stationOf } from "./people.js";
import { readSet } from "./set_acts.js";

/** @param {object} station of the planned session @returns {object[]} what is open to her there */
export function listChoices(code, station) {
  // A yes of tonight counts from her next session; a no counts at once.
  const ready = (cardOf(code)?.plyometrics_ready ?? false) && personOf(code).plyometric_signoff?.ready !== false;
  const own = prescribedTo(code, station)?.exercise ?? station.exercise;
  return (station.alternatives ?? []).filter(({ exercise, locked }) => exercise !== own && (ready || !locked));
}

export const substitutionAt = (code, station) => personOf(code).substitutions[station.exercise] ?? null;

/** @param {object|null} choice one of her choices; null: what was prescribed */
export const substitute = (code, station, choice, text) => enter(() => {
  const said = substitutionAt(code, station);
  if ((said?.instead?.exercise ?? null) === (choice?.exercise ?? null)) return [];
  const value = { at: readNowUtc(), instead: choice && describe(choice), reason_chip: null };
  return [...draftUnseen(code, station), { kind: "substitution", about: `${code}/${station.exercise}`, value }];
}, text);

/** The tap that opened her drawer said of the set she is at: seen, as planned. That isn't so any more. */
function draftUnseen(code, station) {
  const { kind, round } = clock.value;
  const index = planned.value.stations.indexOf(station);
  if (kind !== "work" || index !== stationOf(code)) return [];
  const { value, isEntered } = readSet(code, index, round);
  if (!isEntered || !isAsPlanned(value)) return [];
  return draftFact("set", `${code}/${setAt(code, index, round).name}`, null, "another exercise");
}

const isAsPlanned = ({ prescribed, performed, chips, technique, shortfall_reason: reason }) => chips.length === 0 &&
  technique === null && reason === null && performed.amount === prescribed?.amount && performed.band === prescribed.band;

const describe = ({ exercise, amount, unit, band, sides }) => ({ exercise, amount, unit: UNITS[unit] ?? unit, band, sides });

/** The reason comes after it and corrects it, so that it holds from when it was said. */
export const explainSubstitution = (code, station, reason_chip) => enter(() => {
  const said = substitutionAt(code, station);
  if (said === null || said.reason_chip === reason_chip) return [];
  const { at, instead, event } = said;
  return [{ kind: "substitution", about: `${code}/${station.exercise}`, value: { at, instead, reason_chip }, supersedes: event, reason: "why another exercise" }];
});
