// Whether her heart rate rises as it didn't tonight: against her own earlier work, over her own warm-up.
// No formula of a population, and silence while too little is known of her. Pure.

import { median } from "./heart_median.js";

/** A heart follows the work with a delay of some tens of seconds: the end of an interval tells most. Inferred. */
export const OVER_S = 20;
const FEWEST = 5; // work intervals of hers, as many as the question about swapped straps needs. Inferred.
// About what her heart rate differs from day to day (see swap_alarm.js); no evening is believed to be steadier.
const SMALLEST_SD_BPM = 5;
const FAR_SD = 3; // Shewhart's limits (1931): 3 in 1000 by chance alone, if her rises were normal

/**
 * @param {number|null} rise median of the last OVER_S over her warm-up, bpm; null: not heard, or no warm-up
 * @param {number[]} earlier the same at the end of each work interval that she did tonight, bpm
 * @returns {{rise: number, usual: number}|null}
 */
export function findUnusualRise(rise, earlier) {
  if (rise === null || earlier.length < FEWEST) return null;
  const usual = median(earlier);
  // 1.4826 × the median absolute deviation is a normal distribution's SD
  const sd = Math.max(SMALLEST_SD_BPM, 1.4826 * median(earlier.map((one) => Math.abs(one - usual))));
  return rise - usual > FAR_SD * sd ? { rise: Math.round(rise), usual: Math.round(usual) } : null;
}
