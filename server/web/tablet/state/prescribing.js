// What each woman is to do tonight, written down when she begins: later doubts have an answer.

import { draftFact } from "./entering.js";
import { bundle, planned } from "./model.js";
import { personOf, targetOf } from "./people.js";

/** @param {string[]} codes @returns {import("../core/envelope.js").Draft[]} */
export function draftPrescriptions(codes) {
  return codes.flatMap((code) => {
    const exercises = {};
    planned.value?.stations.forEach((station, index) => {
      const { exercise, prescribed } = targetOf(code, index);
      const stays = personOf(code).progression?.[station.exercise]?.accepted === false;
      const rule = stays ? "trainer_override" : bundle.value?.prescriptions?.[code]?.[station.exercise]?.rule ?? null;
      exercises[station.exercise] = { exercise, ...prescribed, rule };
    });
    return draftFact("prescription", code, { exercises }, "prescribed anew");
  });
}
