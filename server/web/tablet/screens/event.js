// T9: something happened. Who (she is stopped at this tap), then what. The rest when there is a moment.
// STOP stays under the thumb: while she is cared for, it is about the next one.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { participants, state } from "../state/model.js";
import { cardOf, nameOf, personOf, signCode } from "../state/people.js";
import { holdPerson } from "../state/attendance.js";
import { closeSheet } from "../state/ui.js";
import { lazy } from "./lazy.js";
import { StopButton } from "./stop_button.js";

const EventFollowUp = lazy(() => import("./event_followup.js"), "EventFollowUp");
const WhatPanel = lazy(() => import("./event_what.js"), "WhatPanel");

const WRITING = undefined; // her hold isn't on the disk yet

export function EventSheet({ code: asked = null, event: opened = null }) {
  const [code, setCode] = useState(asked);
  const [event, setEvent] = useState(opened);
  const [hold, setHold] = useState(opened === null ? WRITING : null);
  /** From this tap on she is stopped, whatever it turns out to be. */
  const stop = async (who) => {
    const [saved] = await holdPerson(who, "stopped by a person", null);
    setHold(saved?.id ?? null);
  };
  const pick = (who) => {
    setCode(who);
    stop(who);
  };
  useEffect(() => {
    if (asked !== null && opened === null) stop(asked);
  }, []);
  return html`<section class="event-sheet sheet-half" role="dialog" aria-label=${t("STOP / EVENT")}>
    ${event !== null
      ? html`<${EventFollowUp} code=${code} own=${{ hold, event }} />`
      : code === null ? html`<${WhoPanel} onPick=${pick} />` : html`<${WhatPanel} code=${code} hold=${hold} onEvent=${setEvent} />`}
    ${code !== null && html`<${StopButton} floating />`}
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
