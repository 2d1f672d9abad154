// How long to wait before the next try: full jitter, drawn after the cap (promise C2). Pure.

const FIRST_MS = 1000;
const CAP_MS = 30_000;

/**
 * @param {number} failures in a row, from 1
 * @param {number} chance 0 to 1
 * @param {number} [atLeastS] Retry-After of the server
 */
export function computeWaitMs(failures, chance, atLeastS = 0) {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(atLeastS * 1000, Math.round(ceiling * chance));
}
