// T4, one person: strap, readiness, presence. Late or early, in any order.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { SEATED_SHORTEST_MS } from "../state/baselines.js";
import { personOf, signCode, strapOf } from "../state/people.js";
import { drawer } from "../state/ui.js";
import { PersonHead } from "./person_head.js";
import { isRed, isUndecided } from "./decision_panel.js";
import { Presence } from "./presence.js";
import { ProgressPanel } from "./progress_panel.js";
import { ReadinessPanel } from "./readiness_panel.js";
import { SignOff } from "./sign_off.js";
import { StrapPanel } from "./strap_panel.js";

export function ArrivalDrawer({ code }) {
  const person = personOf(code);
  const [tab, setTab] = useState(strapOf(code) === null && !isUndecided(person) ? "strap" : "readiness");
  const tabs = [["strap", t("Strap")], ["readiness", t("Readiness")], ["presence", t("Presence")], ["plan", t("Plan")]];
  return html`<aside class="drawer" aria-label=${t("{who}: arrival", { who: signCode(code) })}>
    <header><${PersonHead} code=${code} /><button type="button" class="key close" aria-label=${t("Close")} onClick=${() => (drawer.value = null)}>${"✕"}</button></header>
    <div class="tabs" role="group" aria-label=${t("What about her")}>
      ${tabs.map(([name, word]) => html`<button type="button" class="tab" aria-pressed=${tab === name} onClick=${() => setTab(name)}>${word}</button>`)}
    </div>
    ${tab === "strap" && html`<${StrapPanel} code=${code} onDone=${() => setTab("readiness")} />`}
    ${tab === "readiness" && html`<div class="stack">
      <${ReadinessPanel} code=${code} />
      ${!isRed(person.readiness) && html`<${RestingLine} person=${person} />`}
    </div>`}
    ${tab === "presence" && html`<${Presence} code=${code} />`}
    ${tab === "plan" && html`<${ProgressPanel} code=${code} /><${SignOff} code=${code} />`}
    ${tab !== "strap" && html`<button type="button" class="done" onClick=${() => (drawer.value = null)}>${t("Done")}</button>`}
  </aside>`;
}

const WHY_NONE = {
  came_late: () => t("Seated heart rate: none, she came late."),
  no_strap: () => t("Seated heart rate: none, she had no strap on when the warm-up began."),
  seated_too_short: () => t("Seated heart rate: none, she hadn't sat for {n} minutes with her strap when the warm-up began.", { n: SEATED_SHORTEST_MS / 60_000 }),
  not_heard: () => t("Seated heart rate: none, nothing was heard of her strap."),
};

function RestingLine({ person }) {
  const { resting_hr: resting } = person;
  if (resting === null) return html`<p>${t("Seated heart rate: taken by itself when she has sat for 5 minutes with her strap.")}</p>`;
  if (resting.bpm !== null) return html`<p>${t("Seated heart rate {bpm} bpm ({n} % heard).", { bpm: resting.bpm, n: resting.coverage_pct })}</p>`;
  return html`<p>${WHY_NONE[resting.missing_reason]?.() ?? t("Seated heart rate: none, too little was heard ({n} %).", { n: resting.coverage_pct })}</p>`;
}
