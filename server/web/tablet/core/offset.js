// Which look at the server's clock to believe: the one that can be wrong by less now. Pure.

const PARTING = 50e-6; // two quartz clocks of ±20 ppm each, and warmth: 50 ms in 1000 s
const APART_MS = 5000; // looks that differ by more than this: the server's own clock was set

/** @typedef {{serverMs: number, steadyMs: number, rttMs: number}} Sample the server's UTC at a moment
 *   of the tablet's steady clock */

/** @param {{sentMs: number, gotMs: number, serverMs: number}} seen on the steady clock
 * @returns {Sample} the server stamped it halfway, as far as anybody can tell */
export function makeSample({ sentMs, gotMs, serverMs }) {
  const rttMs = Math.max(0, gotMs - sentMs);
  return { serverMs: serverMs + rttMs / 2, steadyMs: gotMs, rttMs };
}

/** @param {Sample|null} best @param {Sample} sample @returns {Sample} */
export function chooseSample(best, sample) {
  if (best === null) return sample;
  const passedMs = sample.steadyMs - best.steadyMs;
  const apartMs = Math.abs(sample.serverMs - best.serverMs - passedMs);
  const isBetter = sample.rttMs / 2 <= best.rttMs / 2 + passedMs * PARTING;
  return isBetter || apartMs > APART_MS + sample.rttMs ? sample : best;
}
