// One rating as it is entered, and the sentence that offers to take it back.

import { t } from "/static/translate.js";
import { reachesHold } from "../core/alerts.js";
import { personOf, readSafety, signCode } from "../state/people.js";
import { findAsked, rate, rateSession } from "../state/effort_acts.js";
import { useMeant } from "./meant.js";

/** The scale's keys for whoever is asked: they stand for her and for the exercise named beside her, and
 * wait when the clock makes it another one.
 * @param {string|null} code @param {number|null} round null: the whole session's
 * @returns {{asked: object|null, settled: boolean, give: (given: {rating: number|null,
 *   missing_reason?: string|null, source: string|null}, word: string|number) => void}} `asked` as findAsked has it */
export function useGiving(code, round, onGiven) {
  const asked = code === null || round === null ? null : findAsked(code, round);
  const [settled, meant] = useMeant([code, round, asked?.station, asked?.did].join());
  const give = meant((given, word) => {
    giveEffort(code, round, asked?.did ?? null, given, word);
    onGiven();
  });
  return { asked, settled, give };
}

function giveEffort(code, round, exercise, given, word) {
  const who = signCode(code);
  const said = t("{who}: effort {word}", { who, word });
  if (round === null) return rateSession(code, given, said);
  const holds = reachesHold(readSafety(), given.rating) && !personOf(code).held;
  const held = t("{who}: effort {word}. Held: the study's limit is {limit}", { who, word, limit: readSafety().rpe_act });
  return rate(code, round, exercise, given, holds ? held : said);
}
