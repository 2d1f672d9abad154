// What became of it: outcome, time to settle, serious or not. Anyone can add; nobody can delete.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { resumePerson } from "../state/attendance.js";
import { may } from "../state/entering.js";
import { followUp, settledNow, takeBack } from "../state/event_acts.js";
import { nowMs, state } from "../state/model.js";
import { personOf, signCode } from "../state/people.js";
import { closeSheet } from "../state/ui.js";
import { EmergencyCard, WhomToCall } from "./emergency_card.js";
import { WHAT } from "./event_words.js";
import { useMeant } from "./meant.js";

const OUTCOMES = () => [["resting", t("Resting")], ["cooled", t("Cooled")], ["went_home", t("Went home")], ["ambulance", t("Ambulance")]];

/** @param {{code: string, own: import("../state/event_acts.js").Own}} about */
export function EventFollowUp({ code, own }) {
  const { event } = own;
  const [card, setCard] = useState(false);
  const [settled, meant] = useMeant(event); // they come up where the keys of the first step were
  const known = state.value.events[event];
  const who = signCode(code);
  if (!known) {
    return html`<div class="sheet-head"><h1>${t("{who}: taken back", { who })}</h1><p>${t("Both entries stay in the record.")}</p>
      ${personOf(code).held && html`<p>${t("She stays stopped: something else holds her.")}</p>`}</div>
      <button type="button" class="done" onClick=${closeSheet}>${t("Done")}</button>`;
  }
  const what = new Map(WHAT()).get(known.what);
  const toSettle = (known.settled_at ? Date.parse(known.settled_at) : nowMs.value) - Date.parse(known.at);
  return html`<div class="sheet-head"><h1>${t("{who}: {what}", { who, what })}</h1><p>${t("Time, heart rate, station and room are attached.")}</p>
      <button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></div>
    <div class="four" role="group" aria-disabled=${!settled} aria-label=${t("What became of it")}>${OUTCOMES().map(([outcome, word]) => html`<button type="button" class="key" aria-pressed=${known.outcome === outcome} onClick=${meant(() => followUp(event, { outcome }))}>${word}</button>`)}</div>
    <p class="settle"><span>${known.settled_at ? t("Settled after {time}", { time: formatElapsed(toSettle) }) : t("Time to settle {time}", { time: formatElapsed(toSettle) })}</span>
      ${known.settled_at === null && html`<button type="button" class="key" aria-disabled=${!settled} onClick=${meant(() => settledNow(event))}>${t("Settled now")}</button>`}</p>
    <div class="settle"><span>${t("Serious?")}</span>
      <button type="button" class="key" aria-pressed=${known.serious === true} onClick=${() => followUp(event, { serious: true })}>${t("Yes")}</button>
      <button type="button" class="key" aria-pressed=${known.serious === false} onClick=${() => followUp(event, { serious: false })}>${t("No")}</button></div>
    ${known.serious === true && html`<${Serious} at=${known.at} />`}
    <div class="pair">
      <button type="button" class="key" aria-expanded=${card} onClick=${() => setCard(!card)}>${t("Emergency card")}</button>
      ${personOf(code).held && may({ kind: "person_resumed" }) && html`<button type="button" class="key" aria-disabled=${!settled} onClick=${meant(() => resumePerson(code, null))}>${t("She goes on")}</button>`}
      <button type="button" class="key" aria-disabled=${!settled} onClick=${meant(() => takeBack(code, own))}>${t("Not an event after all")}</button>
    </div>
    ${card && html`<${EmergencyCard} code=${code} />`}
    <button type="button" class="done" onClick=${closeSheet}>${t("Done")}</button>`;
}

const REPORT_WITHIN_MS = 24 * 3600_000; // serious events are reported within 24 hours

function Serious({ at }) {
  const left = Date.parse(at) + REPORT_WITHIN_MS - nowMs.value;
  return html`<div class="serious">
    <${WhomToCall} />
    <p>${t("Report within {hours} h {minutes} min", { hours: Math.floor(left / 3600_000), minutes: Math.floor(left / 60_000) % 60 })}</p>
  </div>`;
}
