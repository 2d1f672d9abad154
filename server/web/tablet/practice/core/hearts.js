// Hearts that follow the load, up slowly and down more slowly, as firmware_sim/physiology/kinetics.py
// has them; how hard the work is comes from the plan's effort of this week. Pure.

import { movesTrunk } from "../../core/stillness.js";

/** Share of her heart rate reserve. Of what is no work: firmware_sim/physiology/activities.py. */
const SHARES = { sit: 0.04, stand: 0.08, walk: 0.3 };
const MOVES_MG = { sit: 8, stand: 24, walk: 150 };
const WORK_MG = { trunk: 210, still: 38 };
const TRUNK_MORE = 0.06; // of the reserve: who rises and walks against who pulls a band
// Light exercise (Borg 9 to 11) is 30 to 39 % of the reserve, moderate (12 to 13) 40 to 59 %: ACSM's
// Guidelines, 10th ed., table 6.1. A line through both.
const LIGHT_BORG = 10;
const LIGHT_SHARE = 0.35;
const SHARE_A_GRADE = 0.06;
const LOW_SHARE = 0.12;
const HIGH_SHARE = 0.85;

/** @param {number} borg 6 to 20 */
export const shareOfEffort = (borg) =>
  Math.min(HIGH_SHARE, Math.max(LOW_SHARE, LIGHT_SHARE + (borg - LIGHT_BORG) * SHARE_A_GRADE));

/**
 * @typedef {{what: "sit"|"stand"|"walk"|"work", exercise: string|null, borg: number}} Doing
 * @param {Doing} doing @param {import("./women.js").Woman} woman @returns {number} bpm where she would settle
 */
export function settleAt({ what, exercise, borg }, { restBpm, peakBpm }) {
  const share = what === "work" ? shareOfEffort(borg) + (movesTrunk(exercise) ? TRUNK_MORE : 0) : SHARES[what];
  return restBpm + share * (peakBpm - restBpm);
}

/** First order. @param {number|null} bpm null: she has been at it for long @param {number} seconds since then */
export function stepHeart(bpm, doing, woman, seconds) {
  const target = settleAt(doing, woman);
  if (bpm === null) return target;
  const tauS = target > bpm ? woman.riseS : woman.fallS;
  return target + (bpm - target) * Math.exp(-seconds / tauS);
}

/** How much her chest moves, mg. @param {() => number} chance */
export function drawMovement({ what, exercise }, woman, chance) {
  const middle = what === "work" ? WORK_MG[movesTrunk(exercise) ? "trunk" : "still"] : MOVES_MG[what];
  return Math.round(middle * woman.moves * (0.8 + 0.4 * chance()) * 10) / 10;
}
