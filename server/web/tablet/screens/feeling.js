// How each feels after the session, 0 to 10: one tap a woman, then the next one.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { isHere } from "../state/attendance.js";
import { draftFact, enter } from "../state/entering.js";
import { participants } from "../state/model.js";
import { nameOf, personOf, signCode } from "../state/people.js";
import { closeSheet } from "../state/ui.js";
import { EffortPeople } from "./effort_people.js";
import { useMeant } from "./meant.js";

const GRADES = Array.from({ length: 11 }, (_, grade) => grade);

export function FeelingSheet() {
  const codes = participants.value.map(({ code }) => code);
  const unasked = codes.filter((code) => isHere(code) && !personOf(code).feeling);
  const [chosen, setChosen] = useState(null);
  const code = chosen ?? unasked[0] ?? null;
  const ratingOf = (who) => { const given = personOf(who).feeling; return given ? { rating: given.feeling_0_10 } : null; };
  const [settled, meant] = useMeant(code);
  const give = meant((grade) => {
    enter(() => draftFact("feeling", code, { feeling_0_10: grade }, "said again"), t("{who}: feels {n}", { who: signCode(code), n: grade }));
    setChosen(null);
  });
  return html`<section class="effort sheet-full" aria-label=${t("How she feels")}>
    <div class="effort-people">
      <header><h1>${t("How she feels")}</h1><p role="status">${unasked.length === 0 ? t("Everybody is asked ✓") : t("{n} still to ask", { n: unasked.length })}</p></header>
      <${EffortPeople} codes=${codes} current=${code} hidden=${false} onPick=${setChosen} ratingOf=${ratingOf} />
      <button type="button" class="done" onClick=${closeSheet}>${unasked.length === 0 ? t("Done") : t("Later: {n} not asked", { n: unasked.length })}</button>
    </div>
    <div class="effort-scale-side">
      <p class="asked">${code === null ? t("All done") : html`<b>${signCode(code)}</b>${" "}${nameOf(code)}`}</p>
      <div class="scale" role="group" aria-disabled=${!settled} aria-label=${t("0 very bad, 10 very good")}>
        ${GRADES.map((grade) => html`<button type="button" class="grade" disabled=${code === null} aria-pressed=${code !== null && ratingOf(code)?.rating === grade} onClick=${() => give(grade)}>
          <b>${grade}</b><span>${grade === 0 ? t("very bad") : grade === 10 ? t("very good") : ""}</span></button>`)}
      </div>
    </div>
  </section>`;
}
