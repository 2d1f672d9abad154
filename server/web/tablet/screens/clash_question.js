// ◇ One strap is written down for two women at the same time: who wore it?

import { t } from "/static/translate.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { settleOverlap } from "../state/mending.js";
import { clashOf, labelOf, personOf, signCode } from "../state/people.js";

export function ClashQuestion({ code }) {
  const clash = clashOf(code);
  if (!clash) return null;
  const { codes, events, strap } = clash;
  const label = labelOf(strap);
  const [one, other] = codes.map(signCode);
  const since = codes.map((who) => personOf(who).wearing.findLast((worn) => worn.strap === strap)?.from ?? "").sort().at(-1);
  return html`<div class="question" role="group" aria-label=${t("Who wore strap {label}?", { label })}>
    <p><b>${t("◇ Who wore strap {label}?", { label })}</b> ${t("It is written down for {one} and {other} at the same time, from {time}.", { one, other, time: formatClock(Date.parse(since)) })}</p>
    ${codes.map((who) => html`<button type="button" class="key" onClick=${() =>
      settleOverlap(events, who, t("{who} wore strap {label}", { who: signCode(who), label }))}>${signCode(who)}</button>`)}
  </div>`;
}
