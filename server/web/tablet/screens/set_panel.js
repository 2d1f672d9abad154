// One set: nine keys for the amount with the target in the middle, band, chips, one reason.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { changeAmount, isShort, offerAmounts, toggleChip, toggleField } from "../core/set_changes.js";
import { html } from "../html.js";
import { signCode, targetOf } from "../state/people.js";
import { logSet, readSet } from "../state/set_acts.js";
import { bandWord, sayAmount } from "./set_words.js";

const BANDS = ["red", "green", "blue", "black"];
const LENGTHS_CM = [30, 40, 50];
const CHIPS = () => [["support", t("Support")], ["shorter_range", t("Shorter range")], ["one_side", t("One side")], ["form_lost", t("Form lost")], ["skipped", t("Skipped")]];
const REASONS = () => [["fatigue", t("Fatigue")], ["spasm", t("Spasm")], ["pain", t("Pain")], ["balance", t("Balance")], ["heat", t("Heat")],
  ["dizzy", t("Dizzy")], ["time", t("Time")], ["equipment", t("Equipment")], ["her_choice", t("Her choice")]];

export function SetPanel({ code, station, round }) {
  const { value, isEntered, evidence } = readSet(code, station, round);
  const target = targetOf(code, station);
  const save = (change, word) => logSet(code, station, round, change, t("{who}, set {n}: {word}", { who: signCode(code), n: round, word }));
  return html`<div class="set-panel">
    <p class="visually-hidden" role="status">${target.name}: ${sayEvidence(isEntered, evidence)}</p>
    <${Amounts} value=${value} onAmount=${(amount) => save(changeAmount(amount), sayAmount({ ...value.performed, amount }))} />
    ${value.prescribed?.band && html`<${Bands} performed=${value.performed} onChange=${(performed, word) => save(() => ({ performed }), word)} />`}
    ${(isShort(value) || value.chips.includes("skipped")) && html`<div class="chips three" role="group" aria-label=${t("Why less?")}>
      ${REASONS().map(([reason, word]) => html`<button type="button" class="chip" aria-pressed=${value.shortfall_reason === reason}
        onClick=${() => save(toggleField("shortfall_reason", reason), word)}>${word}</button>`)}</div>`}
    <div class="chips three" role="group" aria-label=${t("How it was")}>
      ${CHIPS().map(([chip, word]) => html`<button type="button" class="chip" aria-pressed=${value.chips.includes(chip)} onClick=${() => save(toggleChip(chip), word)}>${word}</button>`)}
      <button type="button" class="chip" aria-pressed=${value.technique === "good"} onClick=${() => save(toggleField("technique", "good"), t("Good form"))}>${t("Good form")}</button>
    </div>
  </div>`;
}

function sayEvidence(isEntered, evidence) {
  if (isEntered) return t("observed");
  return evidence === "assumed" ? t("assumed so far") : t("not entered yet");
}

/** Eight amounts round the target and one key for any other. */
function Amounts({ value, onAmount }) {
  const [other, setOther] = useState(null);
  const target = value.prescribed?.amount ?? null;
  const now = value.performed.amount;
  if (other !== null) return html`<${OtherAmount} digits=${other} onDigits=${setOther} onDone=${(amount) => { setOther(null); onAmount(amount); }} />`;
  return html`<div class="amounts" role="group" aria-label=${t("How many")}>
    ${(target === null ? [] : offerAmounts(target)).map((amount) => html`<button type="button" class="key amount" data-target=${amount === target}
      aria-pressed=${amount === now} onClick=${() => onAmount(amount)}>${amount}</button>`)}
    <button type="button" class="key amount" onClick=${() => setOther("")}>${t("Other")}</button>
  </div>`;
}

function OtherAmount({ digits, onDigits, onDone }) {
  return html`<div class="amounts other" role="group" aria-label=${t("How many")}>
    ${["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"].map((digit) => html`<button type="button" class="key" onClick=${() => onDigits((digits + digit).slice(-3))}>${digit}</button>`)}
    <button type="button" class="key" onClick=${() => onDigits(digits.slice(0, -1))} aria-label=${t("Delete the last digit")}>${"⌫"}</button>
    <button type="button" class="key" disabled=${digits === ""} onClick=${() => onDone(Number(digits))}>${digits === "" ? "—" : t("{n} ✓", { n: Number(digits) })}</button>
  </div>`;
}

function Bands({ performed, onChange }) {
  return html`<div class="bands" role="group" aria-label=${t("Band")}>
    ${BANDS.map((band) => html`<button type="button" class="band-key" data-band=${band} aria-pressed=${performed.band === band} onClick=${() => onChange({ band }, bandWord(band))}>${bandWord(band)}</button>`)}
    ${LENGTHS_CM.map((cm) => html`<button type="button" class="chip" aria-pressed=${performed.band_length_cm === cm} onClick=${() => onChange({ band_length_cm: cm }, t("{n} cm", { n: cm }))}>${t("{n} cm", { n: cm })}</button>`)}
  </div>`;
}
