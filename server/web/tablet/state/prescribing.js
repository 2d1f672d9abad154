// What each woman is to do tonight, written down when she begins: later doubts have an answer.

import { findTarget } from "../core/targets.js";
import { draftFact } from "./entering.js";
import { bundle, planned } from "./model.js";
import { cardOf, personOf, prescribedTo } from "./people.js";

/** @param {string[]} codes @returns {import("../core/envelope.js").Draft[]} */
export function draftPrescriptions(codes) {
  return codes.flatMap((code) => {
    const exercises = {};
    planned.value?.stations.forEach((station) => {
      const own = prescribedTo(code, station);
      const { exercise, prescribed } = findTarget(station, own, cardOf(code)?.plyometrics_ready ?? false);
      const stays = personOf(code).progression?.[station.exercise]?.accepted === false;
      const rule = stays ? "trainer_override" : bundle.value?.prescriptions?.[code]?.[station.exercise]?.rule ?? null;
      exercises[station.exercise] = { exercise, ...prescribed, rule, lighter: own?.lighter ?? null };
    });
    return draftFact("prescription", code, { exercises }, "prescribed anew");
  });
}
