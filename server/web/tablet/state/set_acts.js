// What taps mean for sets.

import { makeSet } from "../core/targets.js";
import { draftFact, enter } from "./entering.js";
import { clock, setsPlannedFor } from "./model.js";
import { personOf, setAt, targetOf } from "./people.js";

/** The name under which a set is entered. What was entered keeps its name, also where the circuit's own
 * names have moved since: another tablet may say later where she was before. */
function nameSet(code, station, round, slot) {
  return findSaid(code, station, round, slot) ?? (slot && isFree(code, slot) ? slot.name : nameNext(code, station, round));
}

/** The entry for a place that isn't of another set of the circuit's there. */
function findSaid(code, station, round, slot) {
  const isThere = isAt(station, round);
  const others = setsPlannedFor(code).filter((one) => isThere(one) && one.name !== slot?.name);
  const said = listEntered(code).filter((set) => isThere(set) && others.every(({ name }) => name !== set.name));
  return (said.find(({ name }) => name === slot?.name) ?? said[0])?.name;
}

const isAt = (station, round) => (set) => set.station === station && set.round === round;
const isFree = (code, { name }) => !personOf(code).sets[name]?.event;

/** What the circuit has no name for gets the next that is free, round after round and station after
 * station, so that no two of them have one name. */
function nameNext(code, station, round) {
  const { stations } = clock.value;
  const exercise = stations[station];
  const isOpen = (slot) => isFree(code, slot) && findSaid(code, slot.station, slot.round, slot) === undefined;
  const named = [...listEntered(code), ...setsPlannedFor(code).filter(isOpen)];
  const isNext = (place, at) => stations[place] === exercise && !named.some(isAt(place, at));
  let before = 0;
  for (let at = 1; at <= round; at++) {
    before += stations.filter((_, place) => isNext(place, at) && (at < round || place < station)).length;
  }
  for (let number = 1; ; number++) {
    const name = `${exercise}/${number}`;
    if (named.every((set) => set.name !== name) && before-- === 0) return name;
  }
}

/** @typedef {{station: number, round: number, name: string}} One of her sets, whatever the clock does
 * @returns {One} `slot`: which of the circuit's, where she is there twice in the round */
export const findSet = (code, station, round, slot = setAt(code, station, round)) =>
  ({ station, round, name: nameSet(code, station, round, slot) });

/** What somebody said, wherever it is. @returns {One[]} */
export const listEntered = (code) => Object.entries(personOf(code).sets).filter(([, { event }]) => event)
  .map(([name, { station, round }]) => ({ station, round, name }));

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
