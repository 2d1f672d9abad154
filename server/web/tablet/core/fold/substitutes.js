// What she does instead of a station's exercise tonight, and since when; also when somebody says
// tonight that she isn't ready for what is locked (decision 0024). Pure.

import { parseUtc } from "../envelope.js";
import { activeAt } from "./clock.js";

/** @param {object[]} own things about her @returns {{station: string, shown: object}[]} in order */
export const listSubstitutions = (own) => own.filter(({ kind }) => kind === "substitution")
  .sort((one, other) => parseUtc(one.shown.value.at) - parseUtc(other.shown.value.at))
  .map(({ about, shown }) => ({ station: about.split("/")[1], shown }));

/** By the station's exercise what holds after everything that was decided. */
export const viewSubstitutions = (made) => Object.fromEntries(made.map(({ station, shown }) =>
  [station, { ...shown.value, event: shown.id, actor: shown.actor }]));

/** What she is to do in a segment: the last one decided before it ended, else what was prescribed; for one
 * that was cut, the last of all. From `lockedFrom` on neither is what she isn't ready for. */
export function findTold({ substitutions, lockedFrom, prescription }, run, station, segment) {
  const counts = (at) => segment.cut || activeAt(run, parseUtc(at)) < segment.endMs;
  const instead = substitutions.findLast((one) => one.station === station && counts(one.shown.value.at))?.shown.value.instead;
  return chooseOpen(prescription?.exercises[station] ?? null, instead, !(lockedFrom && counts(lockedFrom)));
}

/** Of tonight's other exercise and what is prescribed to her, what she may do. */
export function chooseOpen(told, instead, isReady) {
  if (instead && (isReady || !instead.locked)) return instead;
  return (!isReady && told?.while_locked) || told;
}
