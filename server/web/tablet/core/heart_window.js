// Heart rates of the last minutes, strap by strap, as they came: for a baseline and for an event. Pure.

const KEPT_MS = 12 * 60_000; // a warm-up of ten minutes and a little

/** @typedef {{ms: number, bpm: number}[]} Values oldest first */

/** @param {Values} values @returns {Values} with one more, without what is too old */
export function addValue(values, value) {
  const last = values.at(-1);
  if (last && value.ms - last.ms < 500) return values; // the same second told twice
  return [...values.filter(({ ms }) => value.ms - ms < KEPT_MS), value];
}

/**
 * Median of a span, with how much of it was heard: a value a second is all.
 * @returns {{bpm: number|null, n_values: number, coverage_pct: number, missing_reason: string|null}}
 */
export function summarise(values, fromMs, toMs, needPct = 50) {
  const inside = values.filter(({ ms }) => ms >= fromMs && ms < toMs).map(({ bpm }) => bpm);
  const seconds = Math.max(1, Math.round((toMs - fromMs) / 1000));
  const coverage_pct = Math.min(100, Math.round((inside.length / seconds) * 100));
  const enough = inside.length > 0 && coverage_pct >= needPct;
  return {
    bpm: enough ? median(inside) : null,
    n_values: inside.length,
    coverage_pct,
    missing_reason: enough ? null : inside.length === 0 ? "not_heard" : "below_coverage",
  };
}

/** A heart rate that nobody could take. @param {string} missing_reason */
export const makeNothing = (missing_reason) =>
  ({ bpm: null, n_values: 0, coverage_pct: 0, from: null, to: null, missing_reason });

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** [[seconds before, bpm]…] of the last five minutes, oldest first; null when nothing was heard. */
export function listBefore(values, atMs) {
  const inside = values.filter(({ ms }) => ms <= atMs && atMs - ms <= 300_000);
  return inside.length === 0 ? null : inside.map(({ ms, bpm }) => [Math.round((atMs - ms) / 1000), bpm]);
}
