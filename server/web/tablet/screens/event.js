// T9: something happened. Who (she is stopped at this tap), then what. The rest when there is a moment.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { participants, state } from "../state/model.js";
import { may } from "../state/entering.js";
import { cardOf, nameOf, personOf, signCode, strapOf, stripOf } from "../state/people.js";
import { resumePerson } from "../state/attendance.js";
import { reportEvent, stopPerson } from "../state/event_acts.js";
import { closeSheet } from "../state/ui.js";
import { WHAT } from "./event_words.js";
import { lazy } from "./lazy.js";

const EmergencyCard = lazy(() => import("./emergency_card.js"), "EmergencyCard");
const EventFollowUp = lazy(() => import("./event_followup.js"), "EventFollowUp");

export function EventSheet({ code: asked = null, event: opened = null }) {
  const [code, setCode] = useState(asked);
  const [event, setEvent] = useState(opened);
  const pick = (who) => {
    setCode(who);
    stopPerson(who);
  };
  useEffect(() => {
    if (asked !== null && opened === null) stopPerson(asked);
  }, []);
  return html`<section class="event-sheet sheet-half" role="dialog" aria-label=${t("STOP / EVENT")}>
    ${event !== null
      ? html`<${EventFollowUp} code=${code} event=${event} />`
      : code === null ? html`<${WhoPanel} onPick=${pick} />` : html`<${WhatPanel} code=${code} onWhat=${async (what) => setEvent(await reportEvent(code, what))} />`}
  </section>`;
}

function WhoPanel({ onPick }) {
  const open = Object.entries(state.value.events).filter(([, event]) => event.settled_at === null);
  return html`<div class="sheet-head"><h1>${t("Who?")}</h1><p>${t("She is stopped as soon as you tap her.")}</p>
      <button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></div>
    <ul class="who-tiles">
      ${participants.value.map(({ code }) => html`<li key=${code}><button type="button" class="who-tile" data-standing=${personOf(code).standing} onClick=${() => onPick(code)}>
        <b>${cardOf(code)?.sign}</b><span>${code}${" "}${nameOf(code)}</span></button></li>`)}
    </ul>
    ${open.length > 0 && html`<p class="hint">${t("Not settled yet: {who}", { who: open.map(([, event]) => signCode(event.participant)).join(", ") })}</p>`}`;
}

function WhatPanel({ code, onWhat }) {
  const [card, setCard] = useState(false);
  const who = nameOf(code) ? `${signCode(code)} ${nameOf(code)}` : signCode(code);
  const strip = strapOf(code) === null ? null : stripOf(code);
  return html`<div class="sheet-head"><h1>${t("{who} is stopped", { who })}</h1>
      <p>${strip && strip.shown !== "none" ? t("{bpm} bpm now. What is it?", { bpm: strip.number }) : t("What is it?")}</p>
      <button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></div>
    <div class="what-keys">${WHAT().map(([what, word]) => html`<button type="button" class="what-key" onClick=${() => onWhat(what)}>${word}</button>`)}</div>
    <div class="pair">
      <button type="button" class="key" aria-expanded=${card} onClick=${() => setCard(!card)}>${t("Emergency card")}</button>
      ${may({ kind: "person_resumed" }) && html`<button type="button" class="key" onClick=${() => { resumePerson(code, null); closeSheet(); }}>${t("Nothing happened: she goes on")}</button>`}
    </div>
    ${!may({ kind: "person_resumed" }) && html`<p class="hint">${t("Was it the wrong tile? She stays stopped until a trainer says that she goes on.")}</p>`}
    ${card && html`<${EmergencyCard} code=${code} />`}`;
}
