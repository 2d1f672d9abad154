// When her effort for the whole session is asked: from its end on, a reminder after 20 minutes, closed
// after two hours as not given (ux P3; the server refuses what is later, too). Pure.

export const REMIND_AFTER_MIN = 20;
export const CLOSES_AFTER_MIN = 120;

/**
 * @param {number} endedMs UTC ms, NaN while it isn't over @param {number} nowMs UTC ms
 * @returns {{state: "not_yet"|"open"|"remind"|"closed", minutes: number|null}}
 */
export function readWindow(endedMs, nowMs) {
  if (Number.isNaN(endedMs) || nowMs < endedMs) return { state: "not_yet", minutes: null };
  const minutes = Math.floor((nowMs - endedMs) / 60_000);
  if (minutes > CLOSES_AFTER_MIN) return { state: "closed", minutes };
  return { state: minutes >= REMIND_AFTER_MIN ? "remind" : "open", minutes };
}
