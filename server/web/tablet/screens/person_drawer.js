// T7, one person: what was different. Every tap is saved; Done only closes.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { holdPerson, resumePerson } from "../state/attendance.js";
import { roundsBegun } from "../state/rounds.js";
import { planned } from "../state/model.js";
import { readLate } from "../state/late_warmup.js";
import { alertOf, personOf, signCode, stationOf, strapOf, stripOf, targetOf } from "../state/people.js";
import { findNext } from "../state/following.js";
import { drawer, openSheet } from "../state/ui.js";
import { lazy } from "./lazy.js";
import { useMeant } from "./meant.js";
import { PersonHead } from "./person_head.js";
import { sayAlert } from "./person_tile.js";
import { Presence } from "./presence.js";
import { SetPanel } from "./set_panel.js";
import { stateAct } from "./strap_act.js";
import { SwapQuestion } from "./swap_question.js";

const EmergencyCard = lazy(() => import("./emergency_card.js"), "EmergencyCard");
const HeartTrend = lazy(() => import("./heart_trend.js"), "HeartTrend");
const LatePanel = lazy(() => import("./late_panel.js"), "LatePanel", true);
const PastSwap = lazy(() => import("./past_swap.js"), "PastSwap");
const ReadinessPanel = lazy(() => import("./readiness_panel.js"), "ReadinessPanel", true);
const SubstitutePanel = lazy(() => import("./substitute_panel.js"), "SubstitutePanel");
const StrapPanel = lazy(() => import("./strap_panel.js"), "StrapPanel");

export function PersonDrawer({ code, codes }) {
  const [tab, setTab] = useState(isAboutWarmUp(readLate(code)) ? "more" : String(Math.max(1, roundsBegun())));
  const [strap, setStrap] = useState(false);
  const [part, setPart] = useState("amount");
  const swap = () => [setTab("more"), setStrap(true)];
  const alert = alertOf(code);
  const begun = roundsBegun();
  const station = stationOf(code);
  const doing = tab !== "more" && station !== null ? targetOf(code, station)?.name : "";
  const rounds = Array.from({ length: planned.value?.rounds ?? 3 }, (_, place) => place + 1);
  const turnTo = (next) => [setTab(next), setPart("amount")];
  return html`<aside class="drawer" data-part=${part} aria-label=${t("{who}: what was different", { who: signCode(code) })}>
    ${part === "amount" ? html`<header><${PersonHead} code=${code} /><span class="doing" lang=${planned.value?.language}>${doing}</span></header>
      <div class="tabs" role="group" aria-label=${t("Which set")}>
        ${rounds.map((round) => html`<button type="button" class="tab" disabled=${round > begun} aria-pressed=${tab === String(round)} onClick=${() => turnTo(String(round))}>${t("Set {n}", { n: round })}</button>`)}
        <button type="button" class="tab" aria-pressed=${tab === "more"} onClick=${() => turnTo("more")}>${t("More")}</button>
      </div>`
    : html`<button type="button" class="tab back" onClick=${() => setPart("amount")}>${t("◂ {who}, set {n}: how many", { who: signCode(code), n: tab })}</button>`}
    <div class="drawer-body">
      ${part === "amount" && html`
      ${alert && html`<p class="alert-line">${sayAlert(code, alert)}</p>`}
      ${alert?.level === "act" && tab !== "more" && html`<${Hold} code=${code} />`}
      ${!(strap && tab === "more") && html`<${SwapQuestion} code=${code} onSwap=${swap} />`}`}
      ${tab === "more" ? html`<${More} code=${code} strap=${strap} setStrap=${setStrap} />` : html`<${Round} code=${code} round=${Number(tab)} part=${part} onPart=${setPart} />`}
    </div>
    <div class="pair">
      <button type="button" class="key" onClick=${() => openNext(code, codes)}>${t("Next ▸")}</button>
      <button type="button" class="done" onClick=${close}>${t("Done")}</button>
    </div>
  </aside>`;
}

const close = () => (drawer.value = null);

const isAboutWarmUp = (late) => late !== null && (late.isOffered || late.stage === "warming");

function Round({ code, round, part, onPart }) {
  const station = stationOf(code);
  if (station === null) return html`<p>${t("She has no station yet. Say that she is here, under More.")}</p>`;
  if (roundsBegun() === 0) return html`<p>${t("The circuit hasn't begun.")}</p>`;
  return html`<${SetPanel} code=${code} station=${station} round=${round} part=${part} onPart=${onPart} />`;
}

function More({ code, strap, setStrap }) {
  const [card, setCard] = useState(false);
  const [swapped, setSwapped] = useState(false);
  const [other, setOther] = useState(false);
  if (other) return html`<${SubstitutePanel} code=${code} onDone=${() => setOther(false)} />`;
  if (swapped) return html`<${PastSwap} code=${code} onDone=${() => setSwapped(false)} />`;
  if (strap) return html`<${StrapPanel} code=${code} onDone=${() => setStrap(false)} />`;
  return html`<div class="stack">
    <p>${stateAct(stripOf(code))}</p>
    <${LatePanel} code=${code} />
    ${readLate(code)?.stage !== "warming" && html`<${Hold} code=${code} />`}
    <${Presence} code=${code} />
    <button type="button" class="wide-key" onClick=${() => setOther(true)}>${t("Another exercise tonight")}</button>
    <button type="button" class="wide-key" onClick=${() => setStrap(true)}>${strapOf(code) === null ? t("Give her a strap") : t("Another strap")}</button>
    <button type="button" class="wide-key" onClick=${() => setSwapped(true)}>${t("Straps were swapped")}</button>
    <${ReadinessPanel} code=${code} />
    <button type="button" class="wide-key" onClick=${() => openSheet("note", { code })}>${t("Note or cooling")}</button>
    <button type="button" class="wide-key" aria-expanded=${card} onClick=${() => setCard(!card)}>${t("Emergency card")}</button>
    ${card && html`<${EmergencyCard} code=${code} />`}
    <${HeartTrend} code=${code} />
  </div>`;
}

/** A strap can be wrong and a clock doesn't know her: a person holds her, and lets her go on. */
function Hold({ code }) {
  const who = signCode(code);
  const { held } = personOf(code);
  const [settled, meant] = useMeant(held);
  const act = meant(() => (held ? resumePerson(code, t("{who} goes on", { who })) : holdPerson(code, null, t("{who} is held", { who }))));
  return html`<button type="button" class="wide-key" aria-disabled=${!settled} onClick=${act}>${held ? t("She goes on") : t("Hold only her")}</button>`;
}

/** The one who follows at this station: who shares it now, then who comes to it next. */
function openNext(code, codes) {
  drawer.value = { code: findNext(code, codes) };
}

