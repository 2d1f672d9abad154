// Whether a resting heart rate is far from her own: then the strap may be somebody else's. Pure.

import { median } from "./heart_median.js";

const FEWEST = 3; // sessions of hers to compare with
// A woman's seated heart rate differs from day to day by about 5 bpm (SD); three of those. Inferred.
const FAR_BPM = 15;

/** @param {number|null} bpm @param {number[]} history her earlier resting heart rates */
export function isFarFromHers(bpm, history) {
  if (bpm === null || history.length < FEWEST) return false;
  return Math.abs(bpm - median(history)) > FAR_BPM;
}
