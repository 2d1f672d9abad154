// T10's lines about straps that were lost, and that it isn't known yet while it isn't.

import { t, tn } from "/static/translate.js";
import { listOdd } from "../core/coverage.js";
import { coverage, fetchCoverage, isAsking } from "../state/coverage.js";
import { isLeft, leaveSo } from "../state/leaving.js";
import { labelOf, signCode } from "../state/people.js";

const SENTENCES = {
  lost: (values) => tn("Strap {strap} lost {n} min: {who}", "Strap {strap} lost {n} min: {who}", values.n, values),
  unknown: (values) => tn("Strap {strap}: {n} min are not on the server yet: {who}",
    "Strap {strap}: {n} min are not on the server yet: {who}", values.n, values),
  not_heard: (values) => t("Strap {strap} was never heard: {who}", values),
  not_known_yet: (values) => t("Of strap {strap} nothing is on the server yet: {who}", values),
};

const SETTLED = ["lost", "not_heard"]; // what the others say changes when more comes in

/** @param {(code: string) => void} open where a strap's past can be put right
 * @returns {{sentence: string, fix?: () => void, leave?: () => void, choices?: [string, () => void][]}[]} as
 * check_list.js shows them */
export function listStraps(open) {
  if (coverage.value === null) {
    if (isAsking.value) return [{ sentence: t("Asking the server how long straps were lost…") }];
    const again = [t("Try again"), fetchCoverage];
    return [{ sentence: t("How long straps were lost isn't known yet: the server doesn't say."), choices: [again] }];
  }
  return listOdd(coverage.value).flatMap(({ what, row, minutes: n }) => {
    const sentence = SENTENCES[what]({ strap: row.label ?? labelOf(row.strap), n, who: signCode(row.participant) });
    if (!SETTLED.includes(what)) return [{ sentence }];
    if (isLeft(row.participant, sentence)) return [];
    return [{ sentence, fix: () => open(row.participant), leave: () => leaveSo(row.participant, sentence) }];
  });
}
