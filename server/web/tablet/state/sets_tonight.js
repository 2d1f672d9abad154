// Whose sets there are to look at when the circuit is over.

import { isHere } from "./attendance.js";
import { hasGone } from "./attending.js";
import { listHerSets } from "./her_sets.js";
import { participants } from "./model.js";
import { personOf } from "./people.js";

const isEntered = (code) => ({ name }) => Boolean(personOf(code).sets[name]?.event);

/** Whoever is or was here, and whoever had a set entered, in floor order. @returns {string[]} codes */
export const listWhoCame = () => participants.value.map(({ code }) => code)
  .filter((code) => isHere(code) || hasGone(code) || listHerSets(code).some(isEntered(code)));

/** @returns {{all: number, entered: number}} of the sets that can be said otherwise */
export function sumSets(code) {
  const sets = listHerSets(code);
  return { all: sets.length, entered: sets.filter(isEntered(code)).length };
}
