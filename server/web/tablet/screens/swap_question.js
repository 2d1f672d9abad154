// ◇ Her resting heart rate isn't like hers: whose strap is this?

import { t } from "/static/translate.js";
import { isFarFromHers } from "../core/swap_alarm.js";
import { html } from "../html.js";
import { answerIdentity } from "../state/arrival_acts.js";
import { cardOf, personOf, strapOf } from "../state/people.js";

/** Whether to ask; an answer about this strap after it was put on ends the question. */
export function isSuspicious(code) {
  const { resting_hr: resting, identity_checks: checks } = personOf(code);
  if (!isFarFromHers(resting?.bpm ?? null, cardOf(code)?.resting_hr_history ?? [])) return false;
  const answered = checks.findLast(({ strap }) => strap === strapOf(code));
  return answered === undefined || answered.at < resting.to;
}

export function SwapQuestion({ code, onSwap }) {
  if (!isSuspicious(code)) return null;
  const { bpm } = personOf(code).resting_hr;
  return html`<div class="question" role="group" aria-label=${t("Is this strap hers?")}>
    <p><b>${t("◇ Is this strap hers?")}</b> ${t("Seated {bpm} bpm is far from her earlier sessions.", { bpm })}</p>
    <button type="button" class="key" onClick=${() => answerIdentity(code, "hers")}>${t("Yes")}</button>
    <button type="button" class="key" onClick=${() => { answerIdentity(code, "swapped"); onSwap(); }}>${t("Swap…")}</button>
  </div>`;
}
