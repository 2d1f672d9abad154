// T8 on an assistant's phone: her part of the women, the scale, and STOP / EVENT. Nothing else.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { turnTo } from "../core/sweep.js";
import { html } from "../html.js";
import { joinTonight, lookAgain } from "../state/joining.js";
import { lockTablet } from "../state/locking.js";
import { actor, clock, sessionId, state } from "../state/model.js";
import { personOf } from "../state/people.js";
import { hasLeft, moveStaff, notePresent } from "../state/presence.js";
import { AssistantAsk } from "./assistant_ask.js";
import { roundToAsk } from "./circuit.js";
import { SOURCES } from "./effort_words.js";
import { EffortParts, sayLeft, useParts } from "./effort_parts.js";
import { useMeant } from "./meant.js";
import { StopButton } from "./stop_button.js";

export function Assistant({ shell }) {
  useSignalEffect(() => { joinTonight(shell); });
  const begun = state.value.phase !== null && !state.value.closed;
  useEffect(() => { notePresent(); }, [begun, sessionId.value]);
  if (sessionId.value === null || state.value.phase === null) {
    return html`<${Waiting} shell=${shell} said=${t("The trainer hasn't begun tonight's session yet. It opens here by itself.")} />`;
  }
  if (state.value.closed) return html`<${Waiting} shell=${shell} said=${t("The session is closed. Thank you.")} />`;
  if (hasLeft(actor.value.name)) return html`<${Left} shell=${shell} />`;
  return html`<${Sweep} shell=${shell} asked=${readAsked()} />`;
}

function Sweep({ shell, asked }) {
  const [chosen, setChosen] = useState(null);
  const [source, setSource] = useState("said");
  const ratingOf = (who) => asked?.ratingOf(who) ?? null;
  const eventOf = (who) => ratingOf(who)?.event ?? null;
  const parts = useParts(shell.database, ratingOf);
  const pick = (who) => setChosen(who === null ? null : { code: who, event: eventOf(who), round: asked?.round });
  const isOpen = chosen !== null && asked !== null && chosen.round === asked.round; // another round begins with the list
  const code = isOpen ? turnTo(chosen, parts.unasked, eventOf) : null;
  if (code !== null) {
    const goOn = () => pick(parts.unasked.find((who) => who !== code) ?? null);
    return html`<${AssistantAsk} code=${code} asked=${asked} source=${source} onGiven=${goOn} onBack=${() => pick(null)} />`;
  }
  return html`<main class="assistant">
    <header><h1>${asked?.title ?? t("Effort")}</h1><p role="status">${asked === null ? t("The circuit hasn't begun.") : sayLeft(parts)}</p></header>
    <${EffortParts} parts=${parts} current=${null} hidden=${false} onPick=${pick} ratingOf=${ratingOf} foot=${html`<${Leave} />`} />
    <div class="chips" role="group" aria-label=${t("Who gave it")}>
      ${SOURCES().map(([name, word]) => html`<button type="button" class="chip" aria-pressed=${source === name} onClick=${() => setSource(name)}>${word}</button>`)}
    </div>
    <${StopButton} />
  </main>`;
}

/** Whoever goes before the end says so: her part is then asked by others. */
function Leave() {
  const [settled, meant] = useMeant("leave");
  return html`<button type="button" class="key wide" aria-disabled=${!settled} onClick=${meant(() => moveStaff(actor.value.name, "left", null))}>${t("I am leaving: others ask my part")}</button>`;
}

function Left({ shell }) {
  const [settled, meant] = useMeant("left");
  return html`<main class="assistant waiting"><h1>${t("You have left")}</h1>
    <p class="lead" role="status">${t("Others ask your part as soon as their tablets know that you have left.")}</p>
    <button type="button" class="key wide" aria-disabled=${!settled} onClick=${meant(() => moveStaff(actor.value.name, "back", null))}>${t("I am here again")}</button>
    <button type="button" class="key wide" aria-disabled=${!settled} onClick=${meant(() => lockTablet(shell))}>${t("Lock this phone")}</button>
    <${StopButton} /></main>`;
}

/** The round that is asked now, or the whole session; null before the circuit. */
function readAsked() {
  const { phase } = state.value.phase;
  if (["cooldown", "closing"].includes(phase)) {
    return { round: null, title: t("Effort of the whole session"), ratingOf: (who) => personOf(who).session_rpe };
  }
  if (clock.value.state === "idle") return null;
  const round = roundToAsk();
  return { round, title: t("Effort, round {n}", { n: round }), ratingOf: (who) => personOf(who).rpe[round] };
}

function Waiting({ shell, said }) {
  return html`<main class="assistant waiting"><h1>${t("Effort and events")}</h1><p class="lead" role="status">${said}</p>
    <button type="button" class="key wide" onClick=${() => lookAgain(shell)}>${t("Look again")}</button></main>`;
}
