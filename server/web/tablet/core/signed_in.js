// Whether a tablet may still be whoever gave her PIN on it last. Pure.

const LASTS_MS = 12 * 3600_000; // as long as a PIN's verifier counts (decision 0014)
const EVENING_MS = 4 * 3600_000; // one that goes on over midnight is still the same day to her

/**
 * @param {{sinceMs: number|undefined, nowMs: number, isSure: boolean, goesOn: boolean}} seen `isSure`:
 *   the time is the server's. A running session asks nothing by a clock that may be wrong (T12).
 */
export function mustAsk({ sinceMs = 0, nowMs, isSure, goesOn }) {
  const isOld = Math.abs(nowMs - sinceMs) > LASTS_MS;
  const isOtherDay = new Date(nowMs).toDateString() !== new Date(sinceMs).toDateString() && Math.abs(nowMs - sinceMs) > EVENING_MS;
  return goesOn ? isSure && isOld : isOld || isOtherDay;
}
