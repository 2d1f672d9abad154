// At which level her sets are prescribed, and since when: as planned, or lighter today. Pure.

import { parseUtc } from "../envelope.js";
import { activeAt } from "./clock.js";

/** What was decided about her day. @returns {{activeMs: number, level: string}[]} in order */
export const listLevels = (own, run) => (run === null ? [] : listChanges(own)
  .map(({ at, level }) => ({ activeMs: activeAt(run, parseUtc(at)), level })));

/** Her level after all that was decided. */
export const readLevel = (own) => listChanges(own).at(-1)?.level ?? "as_planned";

/** The last one decided before the segment ended; for one that was cut, the last of all. */
export const findLevel = (levels, segment) =>
  levels.findLast(({ activeMs }) => segment.cut || activeMs < segment.endMs)?.level ?? "as_planned";

/** What is prescribed to her at an exercise at that level: `lighter` is null where nothing is. */
export const lowerTo = (level, prescribed) =>
  (level === "lighter" && prescribed?.lighter ? { ...prescribed, ...prescribed.lighter } : prescribed);

const listChanges = (own) => own.filter(({ kind }) => kind === "level_changed")
  .map(({ shown }) => shown.value).sort((one, other) => parseUtc(one.at) - parseUtc(other.at));
