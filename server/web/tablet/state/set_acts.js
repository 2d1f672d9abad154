// What taps mean for sets.

import { makeSet } from "../core/targets.js";
import { draftFact, enter } from "./entering.js";
import { clock, setsPlannedFor } from "./model.js";
import { personOf, setAt, targetOf } from "./people.js";

/** The name under which a set is entered. What the circuit doesn't have for her comes on top, round after
 * round and station after station, so that no two of them have one name. */
function nameSet(code, station, round) {
  const set = setAt(code, station, round);
  if (set) return set.name;
  const { stations } = clock.value;
  const exercise = stations[station];
  const n = setsPlannedFor(code).filter(({ name }) => name.startsWith(`${exercise}/`)).length;
  const isOnTop = (place, at) => stations[place] === exercise && setAt(code, place, at) === null;
  let onTop = 0;
  for (let at = 1; at <= round; at++) {
    onTop += stations.filter((_, place) => isOnTop(place, at) && (at < round || place <= station)).length;
  }
  return `${exercise}/${n + onTop}`;
}

/** @typedef {{station: number, round: number, name: string}} One of her sets, whatever the clock does
 * @returns {One} */
export const findSet = (code, station, round) => ({ station, round, name: nameSet(code, station, round) });

export const readSet = (code, station, round) => readOne(code, findSet(code, station, round));

/** The set as entered, or as it would be when it was done as planned. @param {One} one */
export function readOne(code, { station, round, name }) {
  const target = targetOf(code, station);
  const entered = personOf(code).sets[name];
  if (entered?.event) {
    const { event, conflict, missing, ...value } = entered;
    return { value, isEntered: true, evidence: entered.evidence, missing: null };
  }
  const past = entered?.prescribed && // at another level, or of another exercise
    { exercise: entered.exercise, substitutedFor: entered.substituted_for, prescribed: entered.prescribed };
  return { value: makeSet({ ...target, ...past }, { round, station }), isEntered: false, evidence: entered?.evidence ?? null,
    missing: entered?.missing ?? null };
}

export const draftSet = (code, station, round, describeChange) => draftOne(code, findSet(code, station, round), describeChange);

function draftOne(code, one, describeChange = () => ({})) {
  const { value } = readOne(code, one);
  const change = describeChange(value);
  const performed = { ...value.performed, ...change.performed };
  const set = { ...value, ...change, performed }; // what she said herself doesn't become seen by a chip
  return draftFact("set", `${code}/${one.name}`, set, "counted");
}

export const logSet = (code, station, round, describeChange, text) =>
  enter(() => draftSet(code, station, round, describeChange), text);

/** Seen by a person: as planned, or with what was different from how it stood.
 * @param {One} one @param {(value: object) => object} [describeChange] */
export const logOne = (code, one, describeChange, text) => enter(() => draftOne(code, one, describeChange), text);

/** What was entered of it was a slip: what the clock says of it counts again. @param {One} one */
export const unsayOne = (code, { name }, text) =>
  enter(() => draftFact("set", `${code}/${name}`, null, "not seen after all"), text);

/** Whether nobody has said yet how it was: neither a person nor, because she wasn't there, the clock. */
export function isOpenSet(code, station, round) {
  const { isEntered, missing } = readSet(code, station, round);
  return !isEntered && missing === null;
}
