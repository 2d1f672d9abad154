// One set in three parts, each whole on the screen: nine keys for the amount with the target in the
// middle; the band; how it was, and if it was less, one reason.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { changeAmount, isShort, offerAmounts, toggleChip, toggleField, toggleGood } from "../core/set_changes.js";
import { html } from "../html.js";
import { nameExercise } from "../state/her_sets.js";
import { signCode } from "../state/people.js";
import { logOne, readOne } from "../state/set_acts.js";
import { useMeant } from "./meant.js";
import { bandWord, sayAmount } from "./set_words.js";

const BANDS = ["red", "green", "blue", "black"];
const LENGTHS_CM = [30, 40, 50];
const CHIPS = () => [["support", t("Support")], ["shorter_range", t("Shorter range")], ["one_side", t("One side")], ["form_lost", t("Form lost")], ["skipped", t("Skipped")]];
const REASONS = () => [["fatigue", t("Fatigue")], ["spasm", t("Spasm")], ["pain", t("Pain")], ["balance", t("Balance")], ["heat", t("Heat")],
  ["dizzy", t("Dizzy")], ["time", t("Time")], ["equipment", t("Equipment")], ["her_choice", t("Her choice")]];

/** @param {{code: string, set: import("../state/set_acts.js").One, part: "amount"|"band"|"how",
 *   onPart: (part: string) => void, evidence?: string}} props `evidence`: who says so; else as it stands */
export function SetPanel({ code, set: one, part, onPart, evidence: by }) {
  const { value, isEntered, evidence } = readOne(code, one);
  const said = (change) => (set) => ({ ...change(set), ...(by && { evidence: by }) });
  const save = (change, word) => logOne(code, one, said(change), t("{who}, set {n}: {word}", { who: signCode(code), n: one.round, word }));
  const count = (amount) => {
    const performed = { ...value.performed, amount };
    save(changeAmount(amount), sayAmount(performed));
    if (isShort({ ...value, performed })) onPart("how"); // less asks for its reason
  };
  return html`<div class="set-panel">
    <p class="visually-hidden" role="status">${nameExercise(code, one.station, value.exercise)}: ${sayEvidence(isEntered, evidence)}</p>
    ${part === "amount" && html`<${Amounts} value=${value} onAmount=${count} />
      <div class="pair">
        ${value.prescribed?.band && html`<button type="button" class="key" onClick=${() => onPart("band")}>${t("Band: {band} ▸", { band: sayBand(value.performed) })}</button>`}
        <button type="button" class="key" onClick=${() => onPart("how")}>${t("How it was ▸")}</button>
      </div>`}
    ${part === "band" && html`<${Bands} performed=${value.performed} onChange=${(performed, word) => save(() => ({ performed }), word)} />`}
    ${part === "how" && html`<${How} value=${value} save=${save} />`}
  </div>`;
}

const sayBand = ({ band, band_length_cm: cm }) =>
  [band && bandWord(band), cm && t("{n} cm", { n: cm })].filter(Boolean).join(" · ") || "—";

function How({ value, save }) {
  const [settled, meant] = useMeant("how");
  const chip = (on, change, word) => html`<button type="button" class="chip" aria-pressed=${on} onClick=${meant(() => save(change, word))}>${word}</button>`;
  return html`<div class="chips three" role="group" aria-disabled=${!settled} aria-label=${t("How it was")}>
      ${CHIPS().map(([name, word]) => chip(value.chips.includes(name), toggleChip(name), word))}
      ${chip(value.technique === "good", toggleGood, t("Good form"))}
    </div>
    ${(isShort(value) || value.chips.includes("skipped")) && html`<div class="chips three" role="group" aria-disabled=${!settled} aria-label=${t("Why less?")}>
      ${REASONS().map(([name, word]) => chip(value.shortfall_reason === name, toggleField("shortfall_reason", name), word))}</div>`}`;
}

function sayEvidence(isEntered, evidence) {
  if (isEntered) return evidence === "self_report" ? t("she says so") : t("observed");
  return evidence === "assumed" ? t("assumed so far") : t("not entered yet");
}

/** Eight amounts round the target and one key for any other. */
function Amounts({ value, onAmount }) {
  const [other, setOther] = useState(null);
  const [settled, meant] = useMeant("amount");
  const target = value.prescribed?.amount ?? null;
  const now = value.performed.amount;
  if (other !== null) return html`<${OtherAmount} digits=${other} onDigits=${setOther} onDone=${(amount) => { setOther(null); onAmount(amount); }} />`;
  return html`<div class="amounts" role="group" aria-disabled=${!settled} aria-label=${t("How many")}>
    ${(target === null ? [] : offerAmounts(target)).map((amount) => html`<button type="button" class="key amount" data-target=${amount === target}
      aria-pressed=${amount === now} onClick=${meant(() => onAmount(amount))}>${amount}</button>`)}
    <button type="button" class="key amount" onClick=${meant(() => setOther(""))}>${t("Other")}</button>
  </div>`;
}

function OtherAmount({ digits, onDigits, onDone }) {
  const [settled] = useMeant("digits");
  return html`<div class="amounts other" role="group" inert=${!settled} aria-label=${t("How many")}>
    ${["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"].map((digit) => html`<button type="button" class="key" onClick=${() => onDigits((digits + digit).slice(-3))}>${digit}</button>`)}
    <button type="button" class="key" onClick=${() => onDigits(digits.slice(0, -1))} aria-label=${t("Delete the last digit")}>${"⌫"}</button>
    <button type="button" class="key" disabled=${digits === ""} onClick=${() => onDone(Number(digits))}>${digits === "" ? "—" : t("{n} ✓", { n: Number(digits) })}</button>
  </div>`;
}

function Bands({ performed, onChange }) {
  const [settled, meant] = useMeant("band");
  return html`<div class="bands" role="group" aria-disabled=${!settled} aria-label=${t("Band")}>
    ${BANDS.map((band) => html`<button type="button" class="band-key" data-band=${band} aria-pressed=${performed.band === band} onClick=${meant(() => onChange({ band }, bandWord(band)))}>${bandWord(band)}</button>`)}
    ${LENGTHS_CM.map((cm) => html`<button type="button" class="chip" aria-pressed=${performed.band_length_cm === cm} onClick=${meant(() => onChange({ band_length_cm: cm }, t("{n} cm", { n: cm })))}>${t("{n} cm", { n: cm })}</button>`)}
  </div>`;
}
