// ◇ Her resting heart rate isn't like hers, or her strap moves as another's should: whose is it?

import { t } from "/static/translate.js";
import { isFarFromHers } from "../core/swap_alarm.js";
import { html } from "../html.js";
import { answerIdentity } from "../state/arrival_acts.js";
import { cardOf, clashOf, personOf, rivals, signCode, strapOf } from "../state/people.js";
import { ClashQuestion } from "./clash_question.js";

/** Whether to ask for her heart; an answer about this strap after it was put on ends the question. */
export function isSuspicious(code) {
  const { resting_hr: resting, identity_checks: checks } = personOf(code);
  if (!isFarFromHers(resting?.bpm ?? null, cardOf(code)?.resting_hr_history ?? [])) return false;
  const answered = checks.findLast(({ strap }) => strap === strapOf(code));
  return answered === undefined || answered.at < resting.to;
}

export function SwapQuestion({ code, onSwap }) {
  if (clashOf(code)) return html`<${ClashQuestion} code=${code} />`;
  const why = sayWhy(code);
  if (why === null) return null;
  return html`<div class="question" role="group" aria-label=${t("Is this strap hers?")}>
    <p><b>${t("◇ Is this strap hers?")}</b> ${why}</p>
    <button type="button" class="key" onClick=${() => answerIdentity(code, "hers")}>${t("Yes")}</button>
    <button type="button" class="key" onClick=${() => { answerIdentity(code, "swapped"); onSwap(); }}>${t("Swap…")}</button>
  </div>`;
}

function sayWhy(code) {
  const rival = rivals.value[code];
  if (rival !== undefined) return t("It moves as {who}'s should, and {who}'s as hers should. Read both numbers.", { who: signCode(rival) });
  if (!isSuspicious(code)) return null;
  return t("Seated {bpm} bpm is far from her earlier sessions.", { bpm: personOf(code).resting_hr.bpm });
}
