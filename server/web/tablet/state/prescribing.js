// What each woman is to do tonight, written down when she begins: later doubts have an answer.

import { chooseOpen } from "../core/fold/substitutes.js";
import { findTarget, keepAt } from "../core/targets.js";
import { makeTold } from "../core/told.js";
import { draftFact } from "./entering.js";
import { bundle, planned } from "./model.js";
import { cardOf, personOf, prescribedTo } from "./people.js";

/** @param {string[]} codes @returns {import("../core/envelope.js").Draft[]} */
export function draftPrescriptions(codes) {
  return codes.flatMap((code) => {
    const exercises = {};
    planned.value?.stations.forEach((station) => {
      // A no of tonight is read beside it and may be undone: the jump is written with what stands in for it.
      const own = chooseOpen(prescribedTo(code, station), null, Boolean(cardOf(code)?.plyometrics_ready));
      const { exercise, prescribed } = findTarget(station, own);
      exercises[station.exercise] = { exercise, ...prescribed, rule: findRule(code, station, exercise), lighter: own?.lighter ?? null,
        while_locked: own?.while_locked ? makeTold(own.while_locked) : null };
    });
    return draftFact("prescription", code, { exercises }, "prescribed anew");
  });
}

/** What said so: of what stands in for a locked exercise no rule did. */
function findRule(code, station, exercise) {
  const proposed = bundle.value?.prescriptions?.[code]?.[station.exercise] ?? null;
  const decided = personOf(code).progression?.[station.exercise] ?? null;
  if (proposed !== null && keepAt(proposed, decided).exercise !== exercise) return null;
  return decided?.accepted === false ? "trainer_override" : proposed?.rule ?? null;
}
