// T10: whole-session effort, only what is odd, then hold to end. Never "closed" while entries wait.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { counts, participants, state } from "../state/model.js";
import { isHere } from "../state/attendance.js";
import { nameOf, personOf, signCode } from "../state/people.js";
import { closeSession, leaveSession } from "../state/session_acts.js";
import { rateSession } from "../state/set_acts.js";
import { CheckList } from "./check_list.js";
import { EffortPeople } from "./effort_people.js";
import { EffortScale } from "./effort_scale.js";
import { HoldButton } from "./hold_button.js";
import { Summary } from "./summary.js";

export function Closing({ shell }) {
  const [step, setStep] = useState(0);
  if (state.value.closed) {
    return html`<main class="closing closed"><h1>${t("The session is closed")}</h1><${Summary} />
      <footer class="bar"><${WhereEntriesAre} /><button type="button" class="main-action" onClick=${() => leaveSession(shell)}>${t("Back to today")}</button></footer></main>`;
  }
  const steps = [t("1 Whole-session effort"), t("2 Check"), t("3 End")];
  return html`<main class="closing">
    <h1 class="visually-hidden">${t("Close the session")}</h1>
    <div class="tabs" role="group" aria-label=${t("Steps")}>${steps.map((word, place) => html`<button type="button" class="tab" aria-pressed=${step === place} onClick=${() => setStep(place)}>${word}</button>`)}</div>
    ${step === 0 && html`<${SessionEffort} onDone=${() => setStep(1)} />`}
    ${step === 1 && html`<${CheckList} onDone=${() => setStep(2)} />`}
    ${step === 2 && html`<section class="ending"><${Summary} /><${WhereEntriesAre} />
      <${HoldButton} word=${t("Hold to end")} sure=${t("Tap again to end")} onHeld=${() => closeSession(shell)} /></section>`}
  </main>`;
}

function SessionEffort({ onDone }) {
  const codes = participants.value.map(({ code }) => code);
  const unasked = codes.filter((code) => isHere(code) && personOf(code).session_rpe === null);
  const [chosen, setChosen] = useState(null);
  const code = chosen ?? unasked[0] ?? null;
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(state.value.phase.at)) / 60_000));
  const give = (rating) => {
    rateSession(code, minutes, { rating, source: "said" }, t("{who}: whole session {rating}", { who: signCode(code), rating }));
    setChosen(null);
  };
  return html`<section class="effort inline" aria-label=${t("Whole-session effort")}>
    <div class="effort-people">
      <p role="status">${unasked.length === 0 ? t("Everybody is asked ✓") : t("{n} still to ask", { n: unasked.length })}</p>
      <${EffortPeople} codes=${codes} current=${code} hidden=${false} onPick=${setChosen} ratingOf=${(who) => personOf(who).session_rpe} />
      <button type="button" class="done" onClick=${onDone}>${unasked.length === 0 ? t("Go on") : t("Go on, {n} not asked yet", { n: unasked.length })}</button>
    </div>
    <div class="effort-scale-side"><p class="asked">${code === null ? t("All done") : html`<b>${signCode(code)}</b>${" "}${nameOf(code)}`}</p>
      <${EffortScale} disabled=${code === null} current=${code === null ? null : personOf(code).session_rpe?.rating ?? null} onRating=${give} /></div>
  </section>`;
}

function WhereEntriesAre() {
  const { saved, waiting, refused } = counts.value;
  if (waiting > 0) return html`<p class="where" role="status">${t("{n} entries still on this tablet. Keep it charged and near Wi-Fi, or save them to a file.", { n: waiting })}</p>`;
  if (refused > 0) return html`<p class="where" role="status">${t("{n} entries were set aside by the server. They are kept; see Connection.", { n: refused })}</p>`;
  return html`<p class="where" role="status">${t("All {n} entries are on the server ✓", { n: saved })}</p>`;
}
