// What taps mean for sets.

import { makeSet } from "../core/targets.js";
import { draftFact, enter } from "./entering.js";
import { clock, setsPlannedFor } from "./model.js";
import { personOf, setAt, targetOf } from "./people.js";

/** The name under which a set is entered. What was entered keeps its name, also where the circuit's own
 * names have moved since: another tablet may say later where she was before. */
function nameSet(code, station, round, slot) {
  const isThere = (set) => set.station === station && set.round === round;
  const others = setsPlannedFor(code).filter((one) => isThere(one) && one.name !== slot?.name).map(readName);
  const said = listEntered(code).filter(isThere).map(readName).filter((name) => !others.includes(name));
  if (said.length > 0) return said.includes(slot?.name) ? slot.name : said[0];
  return slot && !personOf(code).sets[slot.name]?.event ? slot.name : nameOnTop(code, station, round);
}

const readName = ({ name }) => name;

/** What the circuit has no name for comes on top of all that it could have, round after round and station
 * after station: no two have one name, whatever this tablet hasn't heard of yet. */
function nameOnTop(code, station, round) {
  const { segments, stations } = clock.value;
  const exercise = stations[station];
  const same = [...stations.keys()].filter((place) => stations[place] === exercise);
  const most = same.length * Math.max(...segments.map((segment) => segment.round));
  const taken = new Set([...setsPlannedFor(code), ...listEntered(code)].map(readName));
  let number = most + same.length * (round - 1) + same.indexOf(station) + 1;
  while (taken.has(`${exercise}/${number}`)) number += most;
  return `${exercise}/${number}`;
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
