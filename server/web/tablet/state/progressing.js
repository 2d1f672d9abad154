// What the rules propose for her tonight, and what the trainer decides about it.

import { draftFact, enter } from "./entering.js";
import { bundle } from "./model.js";

/** Steps up or down, by the station's exercise. */
export function listMoves(code) {
  return Object.entries(bundle.value?.prescriptions?.[code] ?? {})
    .filter(([, { decision, axis }]) => ["step_up", "step_down"].includes(decision) && axis)
    .map(([station, told]) => ({ ...told, station }));
}

/** @param {object} move of `listMoves` @param {string|null} reason_chip why she stays */
export const decideMove = (code, { station, rule, axis, from, to, decision }, accepted, reason_chip) =>
  enter(() => draftFact("progression_decision", `${code}/${station}`, {
    proposal: { rule, axis, from, to, decision }, accepted, chosen: accepted ? to : from, reason_chip,
  }, "decided again"));
