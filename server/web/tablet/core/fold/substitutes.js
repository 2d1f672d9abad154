// What she does instead of a station's exercise tonight, and since when. Pure.

import { parseUtc } from "../envelope.js";
import { activeAt } from "./clock.js";

/** @param {object[]} own things about her @returns {{station: string, shown: object}[]} in order */
export const listSubstitutions = (own) => own.filter(({ kind }) => kind === "substitution")
  .sort((one, other) => parseUtc(one.shown.value.at) - parseUtc(other.shown.value.at))
  .map(({ about, shown }) => ({ station: about.split("/")[1], shown }));

/** By the station's exercise what holds after everything that was decided. */
export const viewSubstitutions = (made) => Object.fromEntries(made.map(({ station, shown }) =>
  [station, { ...shown.value, event: shown.id, actor: shown.actor }]));

/** The last one decided before the segment ended; for one that was cut, the last of all. */
export const findSubstitute = (made, run, station, segment) => made.findLast((one) => one.station === station &&
  (segment.cut || activeAt(run, parseUtc(one.shown.value.at)) < segment.endMs))?.shown.value.instead;
