// T9, second step: what it is. She is stopped already; only what was saved is said.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { may } from "../state/entering.js";
import { isHeldOtherwise, readContext, release, reportEvent, wasWarmingUp } from "../state/event_acts.js";
import { nameOf, personOf, signCode, strapOf, stripOf } from "../state/people.js";
import { closeSheet } from "../state/ui.js";
import { EmergencyCard } from "./emergency_card.js";
import { WHAT } from "./event_words.js";
import { useMeant } from "./meant.js";
import { useOneAct } from "./one_act.js";

export function WhatPanel({ code, hold, onEvent }) {
  const [context] = useState(() => readContext(code)); // what it is may be said when the clock has gone on
  const [card, setCard] = useState(false);
  const [failed, setFailed] = useState(false);
  const [settled, meant] = useMeant(code);
  const once = useOneAct();
  const report = (what) => once(async () => {
    const event = await reportEvent(code, what, context);
    setFailed(event === null);
    onEvent(event);
  });
  const who = nameOf(code) ? `${signCode(code)} ${nameOf(code)}` : signCode(code);
  const strip = strapOf(code) === null ? null : stripOf(code);
  return html`<div class="sheet-head"><h1>${personOf(code).held ? t("{who} is stopped", { who }) : who}</h1>
      <p>${strip && strip.shown !== "none" ? t("{bpm} bpm now. What is it?", { bpm: strip.number }) : t("What is it?")}</p>
      <button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></div>
    ${failed && html`<p class="alert-line" role="alert">${t("Not saved: nothing is stored about this. Tap again. If it fails again, write it on paper and hold the clock by voice.")}</p>`}
    <div class="what-keys" role="group" aria-disabled=${!settled} aria-label=${t("What is it?")}>${WHAT().map(([what, word]) => html`<button type="button" class="what-key" onClick=${meant(() => report(what))}>${word}</button>`)}</div>
    <div class="pair">
      <button type="button" class="key" aria-expanded=${card} onClick=${() => setCard(!card)}>${t("Emergency card")}</button>
      ${may({ kind: "person_resumed" }) && html`<${Nothing} code=${code} own=${{ hold, event: null }} />`}
    </div>
    ${!may({ kind: "person_resumed" }) && html`<p class="hint">${t("Was it the wrong tile? She stays stopped until a trainer says that she goes on.")}</p>`}
    ${card && html`<${EmergencyCard} code=${code} />`}`;
}

/** Only what this sheet did is taken back: what stopped her before still does. */
function Nothing({ code, own }) {
  const once = useOneAct();
  const isWriting = own.hold === undefined;
  const stays = !isWriting && isHeldOtherwise(code, own);
  const warms = !isWriting && wasWarmingUp(code, own);
  const back = () => !isWriting && once(async () => {
    if (await release(code, own)) closeSheet();
  });
  return html`<button type="button" class="key" aria-disabled=${isWriting} onClick=${back}>${warms ? t("Nothing happened: her warm-up goes on") : stays ? t("Nothing new: she stays stopped") : t("Nothing happened: she goes on")}</button>`;
}
