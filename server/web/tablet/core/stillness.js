// Whether her trunk keeps still while she should be working, second by second. Pure.

import { WALKING_THERE_S } from "./movement_window.js";

// A strap at rest measures about 5 mg, light activity begins at 28 mg (at the hip; BMC Sports Sci Med
// Rehabil 2015, doi 10.1186/s13102-015-0010-0). Between the two. Inferred.
const STILL_MG = 15;
const STILL_FOR_S = 15; // three repetitions and a pause; the first week's work lasts 24 s. Inferred.
const UNHEARD_S = 3; // as a heart rate grows grey: what wasn't heard since isn't known

/** Exercises of the eight weeks in which a trunk rises, sinks or goes somewhere. Not bands, balance, core:
 * there a still trunk is good form. What isn't here never asks. Inferred from their cards. */
const MOVES_TRUNK = new Set(["sit-to-stand", "walk-cones", "walk-diagonal", "zigzag-walk", "fast-walk-cones",
  "fast-walk-diagonal", "zigzag-run", "dynamic-lunge-return", "side-step-up", "vertical-jump",
  "pair-jump-marks", "hop-marks"]);

export const movesTrunk = (exercise) => MOVES_TRUNK.has(exercise);

/** How long her own amount takes by the plan's pace: who has done it may stand still.
 * Of another exercise, which is counted otherwise, the amount says nothing.
 * @param {{work_s: number, amount: number|null, unit: string}} station
 * @param {number|null} amount hers @param {string} [unit] of hers */
export function expectWorkS({ work_s: workS, amount: planned, unit: counted }, amount, unit = counted) {
  const share = amount !== null && planned && unit === counted ? amount / planned : 1;
  return Math.max(workS * share, WALKING_THERE_S + STILL_FOR_S);
}

/** @typedef {{slot: string, ms: number, sinceMs: number|null, isStill: boolean}} Stillness */

/**
 * @param {Stillness|null} before
 * @param {{slot: string, ms: number, intoS: number, workS: number, mg: number|null}} second of one work
 *   interval; `workS` as expected of her, `mg` null when her strap said nothing
 * @returns {Stillness|null} `isStill`: until she moves, or nothing is heard
 */
export function noteSecond(before, { slot, ms, intoS, workS, mg }) {
  const known = before?.slot === slot && ms - before.ms <= UNHEARD_S * 1000 ? before : null;
  if (mg === null) return known;
  if (intoS < WALKING_THERE_S || mg > STILL_MG) return { slot, ms, sinceMs: null, isStill: false };
  const sinceMs = known?.sinceMs ?? ms;
  const began = intoS <= workS && ms - sinceMs >= STILL_FOR_S * 1000;
  return { slot, ms, sinceMs, isStill: began || (known?.isStill ?? false) };
}
