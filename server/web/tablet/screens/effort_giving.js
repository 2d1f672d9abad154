// One rating as it is entered, and the sentence that offers to take it back.

import { t } from "/static/translate.js";
import { reachesHold } from "../core/alerts.js";
import { personOf, readSafety, signCode } from "../state/people.js";
import { rate, rateSession } from "../state/effort_acts.js";

/** @param {number|null} round null: the whole session's
 * @param {{rating: number|null, missing_reason?: string|null, source: string|null}} given */
export function giveEffort(code, round, given, word) {
  const who = signCode(code);
  const said = t("{who}: effort {word}", { who, word });
  if (round === null) return rateSession(code, given, said);
  const holds = reachesHold(readSafety(), given.rating) && !personOf(code).held;
  const held = t("{who}: effort {word}. Held: the study's limit is {limit}", { who, word, limit: readSafety().rpe_act });
  return rate(code, round, given, holds ? held : said);
}
