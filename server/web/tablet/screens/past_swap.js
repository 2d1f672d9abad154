// Two straps were swapped and nobody noticed until now: with whom, and since when.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { lastWorn, mendSwap } from "../state/mending.js";
import { nowMs, participants } from "../state/model.js";
import { labelOf, signCode } from "../state/people.js";

const MINUTES_AGO = [5, 10, 15, 20, 30, 45, 60];

export function PastSwap({ code, onDone }) {
  const [other, setOther] = useState(null);
  const [nowAtOpening] = useState(nowMs.peek());
  const worn = participants.value.map((one) => one.code).filter((who) => who !== code && lastWorn(who) !== null);
  if (lastWorn(code) === null) return html`<p>${t("She has worn no strap today.")}</p>`;
  if (other === null) {
    return html`<p>${t("With whom were the straps swapped?")}</p>
      <div class="chips three" role="group" aria-label=${t("With whom were the straps swapped?")}>
        ${worn.map((who) => html`<button type="button" class="chip" onClick=${() => setOther(who)}>${signCode(who)}${" "}${labelOf(lastWorn(who).value.strap)}</button>`)}</div>`;
  }
  const begun = [code, other].map((who) => lastWorn(who).value.from).sort();
  const times = MINUTES_AGO.map((minutes) => new Date(nowAtOpening - minutes * 60_000).toISOString()).filter((at) => at > begun[1]);
  const mend = async (since) => {
    const who = `${signCode(code)}, ${signCode(other)}`;
    await mendSwap(code, other, since, t("{who}: straps swapped since {time}", { who, time: formatClock(Date.parse(since)) }));
    onDone();
  };
  return html`<p>${t("Since when? What the straps recorded stays as it is.")}</p>
    <div class="chips three" role="group" aria-label=${t("Since when?")}>
      <button type="button" class="chip" onClick=${() => mend(begun[0])}>${t("Since they were put on")}</button>
      ${times.map((at) => html`<button type="button" class="chip" onClick=${() => mend(at)}>${formatClock(Date.parse(at))}</button>`)}</div>`;
}
