// T10's lines about one strap that two women are said to have worn at once.

import { t } from "/static/translate.js";
import { settleOverlap } from "../state/mending.js";
import { overlaps } from "../state/model.js";
import { labelOf, signCode } from "../state/people.js";

export const listOverlaps = () => overlaps.value.map(({ strap, events, codes }) => {
  const label = labelOf(strap);
  const [one, other] = codes.map(signCode);
  const keep = (code) => settleOverlap(events, code, t("{who} wore strap {label}", { who: signCode(code), label }));
  return {
    sentence: t("Strap {label} is on {one} and {other} at the same time. Who wore it?", { label, one, other }),
    choices: codes.map((code) => [signCode(code), () => keep(code)]),
  };
});
