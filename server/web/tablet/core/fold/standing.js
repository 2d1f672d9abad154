// Who was here, and when: the first of absent, left, away, expected, not today, stopped, held, present
// that applies. Pure.

import { parseUtc } from "../envelope.js";
import { activeAt } from "./clock.js";

const HERE = new Set(["present", "late", "back"]);
export const countsAsHere = (attendance) => HERE.has(attendance);

/** @typedef {{attendance: string|null, since: number|null, why: string|null, isHeld: boolean,
 *   stoppedBy: string|null, isExcused: boolean, course: {atMs: number, word: string}[]}} Standing */

/** @param {object[]} own things about one person, in order @returns {Standing} after all of them */
export function foldStanding(own) {
  const decision = own.find(({ kind }) => kind === "readiness_decision");
  const standing = { attendance: null, since: null, why: null, isHeld: false, stoppedBy: null,
    isExcused: decision?.shown.value.decision === "not_today", course: [] };
  for (const change of orderMoves(own.filter(({ kind }) => kind in TAKE))) {
    TAKE[change.kind](standing, change);
    standing.course.push({ atMs: change.atMs, word: nameStanding(standing) });
  }
  return standing;
}

/** She is held in her own name: she asked for a break (decision 0046). */
export const isHerBreak = ({ actor }) => actor.startsWith("participant.");

/** When each happened: at the moment that it tells, else where it was said. Her own break gives no reason,
 * but where it reached the study late, and then it holds nothing (decision 0053). */
export const orderMoves = (moves) => moves
  .filter(({ shown }) => !(isHerBreak(shown) && shown.value.why))
  .map((thing) => ({ ...thing, atMs: thing.shown.value.at ? parseUtc(thing.shown.value.at) : thing.root.time }))
  .sort((one, other) => one.atMs - other.atMs);

const TAKE = {
  attendance: (standing, { atMs, shown }) =>
    Object.assign(standing, { attendance: shown.value.status, since: atMs, why: shown.value.why }),
  person_held: (standing) => (standing.isHeld = true),
  person_resumed: (standing) => Object.assign(standing, { isHeld: false, stoppedBy: null }),
  adverse_event: (standing, { shown }) => (standing.stoppedBy ??= shown.id),
};

export const isHere = ({ attendance }) => countsAsHere(attendance);

export function nameStanding(standing) {
  if (!isHere(standing)) return standing.attendance ?? "expected";
  if (standing.isExcused) return "not_today";
  if (standing.stoppedBy !== null) return "stopped";
  return standing.isHeld ? "held" : "present";
}

/**
 * What she was at the first moment of a segment at which she didn't take part; null: never. Measured
 * in running time: what happened while the clock was held takes no time.
 */
export function findAbsence({ course }, run, segment) {
  const words = ["expected", ...course.map(({ word }) => word)];
  const instants = [0, ...course.map(({ atMs }) => activeAt(run, atMs))];
  const place = words.findIndex((word, at) => {
    const end = Math.min(instants[at + 1] ?? segment.endMs, segment.endMs);
    return word !== "present" && Math.max(instants[at], segment.beginMs) < end;
  });
  return place === -1 ? null : words[place];
}
