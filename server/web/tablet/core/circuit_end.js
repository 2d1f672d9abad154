// When the circuit was over. Pure.

/** When the last segment is over, on the wall: what was held until then is time that passed as well.
 * @returns {number|null} UTC ms; null while a hold goes on before it */
export function findEnd(run) {
  const totalMs = Math.max(...run.segments.map(({ endMs }) => endMs));
  let atMs = run.startMs + totalMs;
  for (const { fromMs, untilMs } of run.holds) {
    const heldFromMs = Math.max(fromMs, run.startMs);
    if (heldFromMs >= atMs) break;
    if (untilMs === null) return null;
    atMs += Math.max(0, untilMs - heldFromMs);
  }
  return atMs;
}
