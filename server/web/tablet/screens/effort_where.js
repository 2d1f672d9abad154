// Which exercise a rating is about: said beside her name, to whoever asks. It leads nobody; the week's
// band would, and stands on no screen of the sweep.

import { t } from "/static/translate.js";
import { findOffered } from "../core/targets.js";
import { planned } from "../state/model.js";
import { targetOf } from "../state/people.js";

const WHEN = {
  now: (said) => t("{exercise}, where she is now", said),
  just: (said) => t("{exercise}, where she has just been", said),
  before: (said) => t("{exercise}, her last one of round {n}", said),
};

/** @param {object|null} asked as findAsked has it; null: the whole session is about no station
 * @returns {string} */
export function sayWhere(code, round, asked) {
  const target = asked && targetOf(code, asked.station);
  return target ? WHEN[asked.when]({ exercise: nameDone(asked, target), n: round }) : "";
}

/** She may have done another exercise there than she would now. */
const nameDone = ({ station, did }, target) =>
  (did === target.exercise ? target.name : findOffered(planned.value.stations[station], did).name);
