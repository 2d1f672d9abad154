// What changes today, in words: "Band: 4 go up, 11 stay · Slalom walk becomes Zigzag walk for 2".

import { t, tn } from "/static/translate.js";
import { findChanges } from "../core/changes_today.js";

const AXES = { band: () => t("Band"), repetitions: () => t("Repetitions"), duration: () => t("Duration") };

/** @param {object} prescriptions of the bundle @returns {string} */
export function sayChanges(prescriptions) {
  const { moves, types } = findChanges(prescriptions);
  const told = Object.entries(moves).map(([axis, moved]) => t("{axis}: {moves}", { axis: AXES[axis](), moves: sayMoves(axis, moved) }));
  const becomes = types.map(({ from, to, codes }) => t("{from} becomes {to} for {n}", { from, to, n: codes.length }));
  return [...told, ...becomes].join(" · ") || t("Nothing: everybody stays as she was.");
}

/** Who stays is said of bands alone: of the others everybody who doesn't move does. */
function sayMoves(axis, { up, down, stay }) {
  return [
    up.length > 0 && tn("{n} goes up", "{n} go up", up.length),
    down.length > 0 && tn("{n} goes down", "{n} go down", down.length),
    axis === "band" && stay.length > 0 && tn("{n} stays", "{n} stay", stay.length),
  ].filter(Boolean).join(", ");
}
