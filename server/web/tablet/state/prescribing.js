// What each woman is to do tonight, written down when she begins: later doubts have an answer.

import { chooseOpen } from "../core/fold/substitutes.js";
import { findTarget, keepAt } from "../core/targets.js";
import { makeTold } from "../core/told.js";
import { draftFact } from "./entering.js";
import { bundle, planned } from "./model.js";
import { isReady, personOf, prescribedTo } from "./people.js";

/** @param {string[]} codes @returns {import("../core/envelope.js").Draft[]} */
export function draftPrescriptions(codes) {
  return codes.flatMap((code) => {
    const exercises = {};
    planned.value?.stations.forEach((station) => {
      const own = chooseOpen(prescribedTo(code, station), null, isReady(code));
      const { exercise, prescribed } = findTarget(station, own);
      exercises[station.exercise] = { exercise, ...prescribed, rule: findRule(code, station, exercise), lighter: own?.lighter ?? null,
        while_locked: own?.while_locked ? makeTold(own.while_locked) : null };
    });
    return draftFact("prescription", code, { exercises }, "prescribed anew");
  });
}

/** What said so: of what stands in for her jump no rule did, but the no. */
function findRule(code, station, exercise) {
  const proposed = bundle.value?.prescriptions?.[code]?.[station.exercise] ?? null;
  const decided = personOf(code).progression?.[station.exercise] ?? null;
  if (proposed !== null && keepAt(proposed, decided).exercise !== exercise) return null;
  return decided?.accepted === false ? "trainer_override" : proposed?.rule ?? null;
}
