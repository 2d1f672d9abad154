// A note about the session or about one woman, and cooling that was given. Most are one tap.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { cleanText } from "../core/clean_text.js";
import { html } from "../html.js";
import { enter } from "../state/entering.js";
import { participants } from "../state/model.js";
import { cardOf, signCode } from "../state/people.js";
import { closeSheet } from "../state/ui.js";
import { ClimateStepper } from "./climate.js";
import { useOneAct } from "./one_act.js";

const COOLING = () => [["water", t("Water")], ["fan", t("Fan")], ["wet_towel", t("Wet towel")], ["cooling_vest", t("Cooling vest")], ["pause", t("Pause in the cool")]];
const LONGEST = 500; // characters, contract of `note`

export function NoteSheet({ code: asked = null }) {
  const [code, setCode] = useState(asked);
  const [text, setText] = useState("");
  const who = code === null ? t("the session") : signCode(code);
  const once = useOneAct();
  /** What couldn't be saved stays on the screen: the bar says why. */
  const put = (draft, said) => once(async () => {
    if ((await enter(() => [draft], said)).length > 0) closeSheet();
  });
  const save = () => put({ kind: "note", about: code ?? "session", value: { text: cleanText(text) } }, t("Note about {who}", { who }));
  const cool = (kind, word) => put({ kind: "cooling_given", about: code, value: { kind } }, t("{who}: {word}", { who, word }));
  return html`<section class="note sheet-half" role="dialog" aria-label=${t("Note")}>
    <div class="sheet-head"><h1>${t("Note about {who}", { who })}</h1><button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></div>
    <div class="chips" role="group" aria-label=${t("About whom")}>
      <button type="button" class="chip" aria-pressed=${code === null} onClick=${() => setCode(null)}>${t("Session")}</button>
      ${participants.value.map((person) => html`<button type="button" class="chip" aria-pressed=${code === person.code} onClick=${() => setCode(person.code)}>${cardOf(person.code)?.sign} ${person.code}</button>`)}
    </div>
    ${code !== null && html`<div class="chips" role="group" aria-label=${t("Cooling given")}><b>${t("Cooling given:")}</b>
      ${COOLING().map(([kind, word]) => html`<button type="button" class="chip" onClick=${() => cool(kind, word)}>${word}</button>`)}</div>`}
    ${code === null && html`<div><b>${t("Room in the middle")}</b><${ClimateStepper} when="middle" /></div>`}
    <label class="field">${t("Text")}<textarea rows="4" maxlength=${LONGEST} value=${text} onInput=${(event) => setText(event.target.value)}></textarea></label>
    <button type="button" class="done" disabled=${cleanText(text) === ""} onClick=${save}>${t("Save note")}</button>
  </section>`;
}
