// Where she is in her circuit, by running time. Pure.

/**
 * @typedef {{kind: string, round: number, begin_ms: number, end_ms: number, station: string|null,
 *   target: object|null}} Step
 */

/** Running time now: it goes on only while nothing holds it.
 * @param {{held: boolean, active_ms: number}} clock @param {number} passedMs since the server said so */
export const readActiveMs = ({ held, active_ms }, passedMs) => active_ms + (held ? 0 : Math.max(0, passedMs));

/** @param {Step[]} steps @returns {{step: Step|null, next: Step|null, remainingMs: number}} `next`: her next work */
export function findStep(steps, activeMs) {
  const place = steps.findIndex(({ begin_ms, end_ms }) => begin_ms <= activeMs && activeMs < end_ms);
  if (place < 0) return { step: null, next: null, remainingMs: 0 };
  const step = steps[place];
  const next = steps.slice(place + 1).find(({ target }) => target !== null) ?? null;
  return { step, next, remainingMs: step.end_ms - activeMs };
}
