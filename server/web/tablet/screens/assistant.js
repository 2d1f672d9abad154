// T8 on an assistant's phone: her half of the women, the scale, and STOP / EVENT. Nothing else.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { halve } from "../core/granted.js";
import { html } from "../html.js";
import { keep, readKept } from "../shell/database.js";
import { joinTonight, lookAgain } from "../state/joining.js";
import { clock, participants, sessionId, state } from "../state/model.js";
import { canBeAsked, personOf } from "../state/people.js";
import { notePresent } from "../state/presence.js";
import { AssistantAsk } from "./assistant_ask.js";
import { roundToAsk } from "./circuit.js";
import { SOURCES } from "./effort_words.js";
import { EffortPeople } from "./effort_people.js";
import { StopButton } from "./stop_button.js";

const SECOND = 1; // the trainer's sweep begins with the first half

export function Assistant({ shell }) {
  const [code, setCode] = useState(null);
  const [source, setSource] = useState("said");
  const [half, setHalf] = useHalf(shell);
  useSignalEffect(() => { joinTonight(shell); });
  const begun = state.value.phase !== null && !state.value.closed;
  useEffect(() => { notePresent(); }, [begun, sessionId.value]);
  if (sessionId.value === null || state.value.phase === null) {
    return html`<${Waiting} shell=${shell} said=${t("The trainer hasn't begun tonight's session yet. It opens here by itself.")} />`;
  }
  if (state.value.closed) return html`<${Waiting} shell=${shell} said=${t("The session is closed. Thank you.")} />`;
  const asked = readAsked();
  const codes = halve(participants.value.map((person) => person.code))[half];
  const unasked = asked === null ? [] : codes.filter((who) => canBeAsked(who) && !asked.ratingOf(who));
  if (code !== null && asked !== null) {
    const goOn = () => setCode(unasked.find((who) => who !== code) ?? null);
    return html`<${AssistantAsk} code=${code} asked=${asked} source=${source} onGiven=${goOn} onBack=${() => setCode(null)} />`;
  }
  return html`<main class="assistant">
    <header><h1>${asked?.title ?? t("Effort")}</h1><p role="status">${sayStanding(asked, unasked)}</p></header>
    <${Halves} half=${half} onPick=${setHalf} />
    <${EffortPeople} codes=${codes} current=${null} hidden=${false} onPick=${setCode} ratingOf=${asked?.ratingOf ?? (() => null)} />
    <div class="chips" role="group" aria-label=${t("Who gave it")}>
      ${SOURCES().map(([name, word]) => html`<button type="button" class="chip" aria-pressed=${source === name} onClick=${() => setSource(name)}>${word}</button>`)}
    </div>
    <${StopButton} />
  </main>`;
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

function sayStanding(asked, unasked) {
  if (asked === null) return t("The circuit hasn't begun.");
  return unasked.length === 0 ? t("Everybody is asked ✓") : t("{n} still to ask", { n: unasked.length });
}

function Halves({ half, onPick }) {
  const halves = halve(participants.value.map(({ code }) => code)).filter((codes) => codes.length > 0);
  return html`<div class="tabs" role="group" aria-label=${t("Whom you ask")}>
    ${halves.map((codes, place) => html`<button type="button" class="tab" aria-pressed=${half === place} onClick=${() => onPick(place)}>${t("{first} to {last}", { first: codes[0], last: codes.at(-1) })}</button>`)}
  </div>`;
}

/** Which half stays hers over a reload: it is shown as picked when it is kept. */
function useHalf({ database }) {
  const [half, setHalf] = useState(SECOND);
  useEffect(() => {
    readKept(database, "half").then((kept) => kept !== undefined && setHalf(kept));
  }, []);
  return [half, async (place) => {
    await keep(database, "half", place);
    setHalf(place);
  }];
}

function Waiting({ shell, said }) {
  return html`<main class="assistant waiting"><h1>${t("Effort and events")}</h1><p class="lead" role="status">${said}</p>
    <button type="button" class="key wide" onClick=${() => lookAgain(shell)}>${t("Look again")}</button></main>`;
}
