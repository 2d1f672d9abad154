// Heart rates of the last minutes, strap by strap, as they came: for a baseline and for an event. Pure.

const KEPT_MS = 12 * 60_000; // a warm-up of ten minutes and a little

/** @typedef {{ms: number, bpm: number}[]} Values oldest first */

/** @param {Values} values @returns {Values} with one more, without what is too old */
export function addValue(values, value) {
  const last = values.at(-1);
  if (last && value.ms - last.ms < 500) return values; // the same second told twice
  return [...values.filter(({ ms }) => value.ms - ms < KEPT_MS), value];
}

/** [[seconds before, bpm]…] of the last five minutes, oldest first; null when nothing was heard. */
export function listBefore(values, atMs) {
  const inside = values.filter(({ ms }) => ms <= atMs && atMs - ms <= 300_000);
  return inside.length === 0 ? null : inside.map(({ ms, bpm }) => [Math.round((atMs - ms) / 1000), bpm]);
}
