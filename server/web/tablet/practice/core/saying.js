// How hard a simulated woman says it was, when she is asked. Pure.

const DRIFT_A_ROUND = 0.4; // each round is a little harder than the one before
const ENDS = { borg_6_20: { lowest: 6, highest: 20, aGrade: 1 }, cr10: { lowest: 0, highest: 10, aGrade: 0.5 } };

export const endsOf = (scale) => ENDS[scale] ?? ENDS.borg_6_20;

/**
 * @param {{effortBias: number}} woman @param {number|null} round null: the whole session
 * @param {{scale: string, accept: [number, number]}} week the plan's
 * @param {"none"|"high"|"low"} jump what a trouble has her say instead
 */
export function sayEffort(woman, round, { scale, accept }, jump = "none") {
  const { lowest, highest, aGrade } = endsOf(scale);
  if (jump !== "none") return jump === "high" ? highest : lowest;
  const middle = (accept[0] + accept[1]) / 2;
  const said = middle + (woman.effortBias + ((round ?? 2) - 1) * DRIFT_A_ROUND) * aGrade;
  return Math.min(highest, Math.max(lowest, Math.round(said)));
}
