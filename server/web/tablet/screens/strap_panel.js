// Which strap she wears: as last time, by its printed number, by three knocks on it, or by its code.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { assignStrap, takeOff } from "../state/arrival_acts.js";
import { heard, tileOf } from "../state/live.js";
import { participants, straps } from "../state/model.js";
import { cardOf, labelOf, signCode, strapOf, stripOf } from "../state/people.js";
import { lazy } from "./lazy.js";
import { NumberPad } from "./number_pad.js";
import { stateAct } from "./strap_act.js";
import { StrapState } from "./strap_state.js";
import { SwapQuestion } from "./swap_question.js";

const ScanPanel = lazy(() => import("./scan_panel.js"), "ScanPanel");

export function StrapPanel({ code, onDone }) {
  const [digits, setDigits] = useState("");
  const [way, setWay] = useState("number"); // or "knock", "scan"
  const [trouble, setTrouble] = useState("");
  const serial = strapOf(code);
  const usual = cardOf(code)?.usual_strap ?? null;
  const give = async (strap, method) => {
    await assignStrap(code, strap, method, t("{who} wears {strap}", { who: signCode(code), strap: labelOf(strap) }));
    setWay("number");
    onDone?.();
  };
  const typed = findByLabel(digits);
  const choose = (wanted) => {
    setTrouble("");
    setWay(way === wanted ? "number" : wanted);
  };
  const giveUp = (sentence) => {
    setTrouble(sentence);
    setWay("number");
  };
  return html`<div class="strap-panel">
    ${serial !== null && html`<p class="now-wears"><b>${t("Strap {label}", { label: labelOf(serial) })}</b> <${StrapState} strip=${stripOf(code)} /> <span>${stateAct(stripOf(code))}</span></p>`}
    <${SwapQuestion} code=${code} onSwap=${() => setDigits("")} />
    <div class="pair">
      ${serial === null && usual !== null && html`<button type="button" class="key" onClick=${() => give(usual, "suggested")}>${t("As last time: {label}", { label: labelOf(usual) })}</button>`}
      ${serial !== null && html`<button type="button" class="key" onClick=${() => takeOff(code, t("Strap off"))}>${t("Take off")}</button>`}
      <button type="button" class="key" aria-pressed=${way === "knock"} onClick=${() => choose("knock")}>${t("Find by knock")}</button>
      <button type="button" class="key" aria-pressed=${way === "scan"} onClick=${() => choose("scan")}>${t("Scan")}</button>
    </div>
    ${way === "knock" && html`<${KnockList} onGive=${(strap) => give(strap, "knock")} />`}
    ${way === "scan" && html`<${ScanPanel} code=${code} onGive=${(strap) => give(strap, "qr")} onTrouble=${giveUp} />`}
    ${way === "number" && html`<p class="typed" role="status">${trouble && digits === "" ? trouble : sayTyped(digits, typed)}</p>
        <${NumberPad} onDigit=${(digit) => setDigits((digits + digit).slice(-2))} onBack=${() => setDigits(digits.slice(0, -1))}
          mayEnd=${typed.length === 1} doneWord=${t("This strap is hers")} onDone=${() => give(typed[0], "number")} />`}
  </div>`;
}

const findByLabel = (digits) => digits === "" ? []
  : straps.value.filter(({ label }) => label !== null && Number(label) === Number(digits)).map(({ serial }) => serial);

function sayTyped(digits, typed) {
  if (digits === "") return t("Or its printed number, then ✓");
  if (typed.length > 1) return t("Two straps say {digits}. Read the number under the sensor.", { digits });
  if (typed.length === 0) return t("Number: {digits}. No such strap on the roster.", { digits });
  const wearer = participants.value.find(({ code }) => strapOf(code) === typed[0]);
  return wearer ? t("Number: {digits}, on {who} now", { digits, who: signCode(wearer.code) }) : t("Number: {digits}", { digits });
}

function KnockList({ onGive }) {
  const worn = new Set(participants.value.map(({ code }) => strapOf(code)));
  const free = heard.value.filter((serial) => !worn.has(serial));
  return html`<div class="knocks">
    <p>${t("Ask her to knock three times on the sensor. The strap that knocks gets a thick edge.")}</p>
    <ul>${free.map((serial) => html`<li key=${serial}><${Knock} serial=${serial} onGive=${onGive} /></li>`)}</ul>
    ${free.length === 0 && html`<p>${t("No strap is heard that nobody wears.")}</p>`}
  </div>`;
}

function Knock({ serial, onGive }) {
  return html`<button type="button" class="key" data-knocks=${tileOf(serial).value?.knocked ?? false} onClick=${() => onGive(serial)}>${labelOf(serial)}</button>`;
}
