// A span of heart rates as one number, with how much of it was heard. Pure.

/**
 * Median of a span, with how much of it was heard: a value a second is all.
 * @param {import("./heart_window.js").Values} values
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
