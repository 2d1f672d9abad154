// The time of a practice: real time, or faster. The app's own clock isn't touched: this one is given in
// its place. Pure.

export const SPEEDS = [1, 4, 10];
const AT_WORK = 1; // nobody practises a set in five seconds

/** @typedef {{ms: number, steadyMs: number, speed: number}} Clock UTC `ms` of the practice at a moment of
 *   the tablet's steady clock */

/** @param {Clock} clock */
export const readAt = ({ ms, steadyMs, speed }, nowSteadyMs) => ms + (nowSteadyMs - steadyMs) * speed;

/** The same moment, and from it on at another speed. @returns {Clock} */
export const restart = (clock, nowSteadyMs, speed) => ({ ms: readAt(clock, nowSteadyMs), steadyMs: nowSteadyMs, speed });

/** Four times goes through work, too; ten times waits where people work.
 * @param {number} chosen @param {boolean} isWork */
export const limitSpeed = (chosen, isWork) => (isWork && chosen > 4 ? AT_WORK : chosen);

/** After a reload time has gone on as it does; it never goes back behind what was entered.
 * @param {{ms: number, wallMs: number}|null} kept @param {number} lastEntryMs */
export const resume = (kept, wallMs, lastEntryMs) =>
  Math.max(kept === null ? wallMs : kept.ms + Math.max(0, wallMs - kept.wallMs), lastEntryMs + 1);
