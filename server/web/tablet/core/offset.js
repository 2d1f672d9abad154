// How far the tablet's wall clock is from the server's: the answer that came quickest is believed.
// Pure.

const BELIEVED_FOR_MS = 10 * 60_000;
const STEP_MS = 500; // wall and monotonic clock part by more than this: one of them was set or slept

/** @typedef {{offsetMs: number, rttMs: number, wallMs: number, monotonicMs: number}} Sample */

/** @param {{sentWallMs: number, gotWallMs: number, gotMonotonicMs: number, serverMs: number}} seen
 * @returns {Sample} */
export function makeSample({ sentWallMs, gotWallMs, gotMonotonicMs, serverMs }) {
  const rttMs = Math.max(0, gotWallMs - sentWallMs);
  const offsetMs = serverMs - (gotWallMs - rttMs / 2);
  return { offsetMs, rttMs, wallMs: gotWallMs, monotonicMs: gotMonotonicMs };
}

/** @param {Sample|null} best @param {Sample} sample @returns {Sample} */
export function chooseSample(best, sample) {
  if (best === null || isStepped(best, sample.wallMs, sample.monotonicMs)) return sample;
  const old = sample.monotonicMs - best.monotonicMs > BELIEVED_FOR_MS;
  return old || sample.rttMs <= best.rttMs ? sample : best;
}

/** Whether the wall clock went another way than the monotonic one since the sample. */
export function isStepped(sample, wallMs, monotonicMs) {
  const apart = wallMs - sample.wallMs - (monotonicMs - sample.monotonicMs);
  return Math.abs(apart) > STEP_MS;
}
