// What the server says of the straps' time, as odd lines and one number. Pure.

const TOLD_FROM_S = 60; // ux: contact lost longer than that is worth a word

/** @typedef {{participant: string, strap: string, label: string|null, worn_s: number, unknown_s: number,
 *   lost_s: number|null, coverage_pct: number|null, missing_reason: string|null}} Row one strap on one woman */

/** @param {Row[]} rows
 * @returns {{what: "lost"|"unknown"|"not_heard"|"not_known_yet", row: Row, minutes: number}[]} */
export const listOdd = (rows) => rows.flatMap((row) => {
  const odd = [];
  if (["not_heard", "not_known_yet"].includes(row.missing_reason)) return [{ what: row.missing_reason, row, minutes: 0 }];
  if (row.lost_s >= TOLD_FROM_S) odd.push({ what: "lost", row, minutes: Math.round(row.lost_s / 60) });
  if (row.missing_reason === null && row.unknown_s >= TOLD_FROM_S) {
    odd.push({ what: "unknown", row, minutes: Math.round(row.unknown_s / 60) });
  }
  return odd;
});

/** Share of the time that is known in which heart rates came, over all straps; null: of none.
 * @param {Row[]} rows @returns {{share_pct: number|null, n: number, all: number}} */
export function sumCoverage(rows) {
  const known = rows.filter(({ coverage_pct: pct }) => pct !== null);
  const weights = known.map((row) => row.worn_s - row.unknown_s);
  const whole = weights.reduce((sum, one) => sum + one, 0);
  const heard = known.reduce((sum, { coverage_pct: pct }, place) => sum + pct * weights[place], 0);
  return { share_pct: whole > 0 ? Math.round(heard / whole) : null, n: known.length, all: rows.length };
}
