// Whether it is another day than that of a session, where she is. Pure.

/** @param {number} startMs UTC ms @param {number} nowMs UTC ms @returns {"same"|"next"|"later"} */
export function compareDays(startMs, nowMs) {
  const start = new Date(startMs);
  if (new Date(nowMs).toDateString() === start.toDateString() || nowMs < startMs) return "same";
  start.setDate(start.getDate() + 1);
  return new Date(nowMs).toDateString() === start.toDateString() ? "next" : "later";
}
