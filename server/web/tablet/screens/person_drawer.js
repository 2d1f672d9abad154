// T7, one person: what was different. Every tap is saved; Done only closes.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { holdPerson, resumePerson } from "../state/attendance.js";
import { findSetNow, hasBegun, nameExercise } from "../state/her_sets.js";
import { planned } from "../state/model.js";
import { readLate } from "../state/late_warmup.js";
import { alertOf, personOf, signCode, strapOf, stripOf } from "../state/people.js";
import { findNext } from "../state/following.js";
import { findSet, readOne } from "../state/set_acts.js";
import { drawer, openSheet } from "../state/ui.js";
import { lazy } from "./lazy.js";
import { useMeant } from "./meant.js";
import { PersonHead } from "./person_head.js";
import { sayAlert } from "./person_tile.js";
import { Presence } from "./presence.js";
import { beginAtTop } from "./scroll_place.js";
import { SetPanel } from "./set_panel.js";
import { stateAct } from "./strap_act.js";
import { SwapQuestion } from "./swap_question.js";

const EmergencyCard = lazy(() => import("./emergency_card.js"), "EmergencyCard");
const HerSets = lazy(() => import("./her_sets.js"), "HerSets");
const HeartTrend = lazy(() => import("./heart_trend.js"), "HeartTrend");
const LatePanel = lazy(() => import("./late_panel.js"), "LatePanel", true);
const PastSwap = lazy(() => import("./past_swap.js"), "PastSwap");
const ReadinessPanel = lazy(() => import("./readiness_panel.js"), "ReadinessPanel", true);
const SubstitutePanel = lazy(() => import("./substitute_panel.js"), "SubstitutePanel");
const StrapPanel = lazy(() => import("./strap_panel.js"), "StrapPanel");

export function PersonDrawer({ code, codes }) {
  const [tab, setTab] = useState(isAboutWarmUp(readLate(code)) ? "more" : "set");
  const [set, setSet] = useState(() => findSetNow(code)); // stays that one, also when the clock goes on
  const [strap, setStrap] = useState(false);
  const [part, setPart] = useState("amount");
  const [place] = useState(beginAtTop);
  const turnTo = (next) => [setSet(next), setTab("set"), setPart("amount")];
  const swap = () => [setTab("more"), setStrap(true)];
  const alert = alertOf(code);
  const isMore = tab === "more";
  return html`<aside class="drawer" data-part=${part} aria-label=${t("{who}: what was different", { who: signCode(code) })}>
    ${part === "amount" ? html`<header><${PersonHead} code=${code} />${!isMore && html`<${Doing} code=${code} set=${set} />`}</header>
      <${Tabs} code=${code} set=${set} isMore=${isMore} onSet=${turnTo} onMore=${() => setTab("more")} />`
    : html`<button type="button" class="tab back" onClick=${() => setPart("amount")}><${Doing} code=${code} set=${set} />${t("◂ {who}, set {n}: how many", { who: signCode(code), n: set.round })}</button>`}
    <div class="drawer-body">
      ${part === "amount" && html`
      ${alert && html`<p class="alert-line">${sayAlert(code, alert)}</p>`}
      ${alert?.level === "act" && !isMore && html`<${Hold} code=${code} />`}
      ${!(strap && isMore) && html`<${SwapQuestion} code=${code} onSwap=${swap} />`}`}
      ${isMore ? html`<${More} code=${code} strap=${strap} setStrap=${setStrap} place=${place} onSet=${turnTo} />` : html`<${OneSet} code=${code} set=${set} part=${part} onPart=${setPart} />`}
    </div>
    <div class="pair">
      <button type="button" class="key" onClick=${() => openNext(code, codes)}>${t("Next ▸")}</button>
      <${WhereNow} code=${code} shown=${isMore ? null : set} onSet=${turnTo} />
      <button type="button" class="done" onClick=${close}>${t("Done")}</button>
    </div>
  </aside>`;
}

/** Whatever part of it is open: of which exercise the set is. */
function Doing({ code, set }) {
  const name = set && nameExercise(code, set.station, readOne(code, set).value.exercise);
  return html`<span class="doing" lang=${planned.value?.language}>${name}</span>`;
}

/** The rounds of the station whose set is open. */
function Tabs({ code, set, isMore, onSet, onMore }) {
  const station = (set ?? findSetNow(code))?.station ?? null;
  const rounds = Array.from({ length: planned.value?.rounds ?? 3 }, (_, place) => place + 1);
  return html`<div class="tabs" role="group" aria-label=${t("Which set")}>
    ${rounds.map((round) => html`<button type="button" class="tab" disabled=${station === null || !hasBegun(code, station, round)} aria-pressed=${!isMore && set?.round === round} onClick=${() => onSet(findSet(code, station, round))}>${t("Set {n}", { n: round })}</button>`)}
    <button type="button" class="tab" aria-pressed=${isMore} onClick=${onMore}>${t("More")}</button>
  </div>`;
}

/** Always at its place, so that no key moves under the finger when the clock goes on. */
function WhereNow({ code, shown, onSet }) {
  const now = findSetNow(code);
  if (now === null) return null;
  const isShown = shown?.name === now.name;
  return html`<button type="button" class="key" disabled=${isShown} onClick=${() => onSet(now)}>${t("Now: station {n}, set {m}", { n: now.station + 1, m: now.round })}</button>`;
}

const close = () => (drawer.value = null);

const isAboutWarmUp = (late) => late !== null && (late.isOffered || late.stage === "warming");

function OneSet({ code, set, part, onPart }) {
  if (set === null) return html`<p>${t("She has no station yet. Say that she is here, under More.")}</p>`;
  return html`<${SetPanel} key=${set.name} code=${code} set=${set} part=${part} onPart=${onPart} />`;
}

function More({ code, strap, setStrap, place, onSet }) {
  const [card, setCard] = useState(false);
  const [open, setOpen] = useState(null);
  const back = () => setOpen(null);
  if (open === "sets") return html`<${HerSets} code=${code} place=${place} onOpen=${onSet} onDone=${back} />`;
  if (open === "other") return html`<${SubstitutePanel} code=${code} onDone=${back} />`;
  if (open === "swapped") return html`<${PastSwap} code=${code} onDone=${back} />`;
  if (strap) return html`<${StrapPanel} code=${code} onDone=${() => setStrap(false)} />`;
  return html`<div class="stack">
    <p>${stateAct(stripOf(code))}</p>
    <${LatePanel} code=${code} />
    ${readLate(code)?.stage !== "warming" && html`<${Hold} code=${code} />`}
    <${Presence} code=${code} />
    <button type="button" class="wide-key" onClick=${() => setOpen("sets")}>${t("Her sets tonight")}</button>
    <button type="button" class="wide-key" onClick=${() => setOpen("other")}>${t("Another exercise tonight")}</button>
    <button type="button" class="wide-key" onClick=${() => setStrap(true)}>${strapOf(code) === null ? t("Give her a strap") : t("Another strap")}</button>
    <button type="button" class="wide-key" onClick=${() => setOpen("swapped")}>${t("Straps were swapped")}</button>
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

