// T10: whole-session effort, only what is odd, then hold to end. Never "closed" while entries wait.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { counts, participants, state } from "../state/model.js";
import { fetchCoverage } from "../state/coverage.js";
import { closeSession, leaveSession } from "../state/session_acts.js";
import { canBeAsked, personOf } from "../state/people.js";
import { openSheet } from "../state/ui.js";
import { CheckList } from "./check_list.js";
import { Reopen } from "./reopen.js";
import { HoldButton } from "./hold_button.js";
import { Summary } from "./summary.js";

export function Closing({ shell }) {
  const [step, setStep] = useState(0);
  useEffect(() => void fetchCoverage(), [step]); // each step anew: what was lost may come late
  if (state.value.closed) {
    return html`<main class="closing closed"><h1>${t("The session is closed")}</h1><${Summary} />
      <footer class="bar"><${WhereEntriesAre} /><${Reopen} shell=${shell} /><button type="button" class="main-action" onClick=${() => leaveSession(shell)}>${t("Back to today")}</button></footer></main>`;
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
  const here = participants.value.map(({ code }) => code).filter(canBeAsked);
  const unasked = here.filter((code) => personOf(code).session_rpe === null);
  return html`<section class="ending" aria-label=${t("Whole-session effort")}>
    <p class="lead">${t("How hard was the whole session? Ask 10 to 30 minutes after its end.")}</p>
    <p role="status">${unasked.length === 0 ? t("Everybody is asked ✓") : t("{n} still to ask", { n: unasked.length })}</p>
    <div class="bar">
      <button type="button" class="main-action" onClick=${() => openSheet("effort", { round: null })}>${t("Ask now")}</button>
      <button type="button" class="key wide" onClick=${() => openSheet("feeling")}>${t("How she feels")}</button>
      <button type="button" class="key wide" onClick=${onDone}>${unasked.length === 0 ? t("Go on") : t("Go on, {n} not asked yet", { n: unasked.length })}</button>
    </div>
  </section>`;
}

function WhereEntriesAre() {
  const { backedUp, saved, waiting, refused } = counts.value;
  if (waiting > 0) return html`<p class="where" role="status">${t("{n} entries still on this tablet. Keep it charged and near Wi-Fi, or save them to a file.", { n: waiting })}</p>`;
  if (refused > 0) return html`<p class="where" role="status">${t("{n} entries were set aside by the server. They are kept; see Connection.", { n: refused })}</p>`;
  const where = backedUp === saved ? t("All {n} entries are on the server and backed up ✓", { n: saved }) : t("All {n} entries are on the server ✓", { n: saved });
  return html`<p class="where" role="status">${where}</p>`;
}
