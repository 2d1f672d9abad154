// T10's lines about straps that were lost, and that it isn't known yet while it isn't.

import { t, tn } from "/static/translate.js";
import { listOdd } from "../core/coverage.js";
import { coverage, fetchCoverage, isAsking } from "../state/coverage.js";
import { labelOf, signCode } from "../state/people.js";

const SENTENCES = {
  lost: (values) => tn("Strap {strap} lost {n} min: {who}", "Strap {strap} lost {n} min: {who}", values.n, values),
  unknown: (values) => tn("Strap {strap}: {n} min are not on the server yet: {who}",
    "Strap {strap}: {n} min are not on the server yet: {who}", values.n, values),
  not_heard: (values) => t("Strap {strap} was never heard: {who}", values),
  not_known_yet: (values) => t("Of strap {strap} nothing is on the server yet: {who}", values),
};

/** @returns {{sentence: string, choices?: [string, () => void][]}[]} as check_list.js shows them */
export function listStraps() {
  if (coverage.value === null) {
    if (isAsking.value) return [{ sentence: t("Asking the server how long straps were lost…") }];
    const again = [t("Try again"), fetchCoverage];
    return [{ sentence: t("How long straps were lost isn't known yet: the server doesn't say."), choices: [again] }];
  }
  return listOdd(coverage.value).map(({ what, row, minutes: n }) => ({
    sentence: SENTENCES[what]({ strap: row.label ?? labelOf(row.strap), n, who: signCode(row.participant) }),
  }));
}
