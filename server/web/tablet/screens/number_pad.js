// Ten digits of 88 × 72, for a PIN and for the number printed on a strap.

import { t } from "/static/translate.js";
import { html } from "../html.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @param {{onDigit: (digit: string) => void, onBack: () => void, disabled?: boolean}} props */
export function NumberPad({ onDigit, onBack, disabled = false }) {
  const key = (digit) => html`<button type="button" class="key" disabled=${disabled} onClick=${() => onDigit(digit)}>${digit}</button>`;
  return html`<div class="pad" role="group" aria-label=${t("Digits")}>
    ${DIGITS.map(key)}
    <span></span>${key("0")}
    <button type="button" class="key" disabled=${disabled} aria-label=${t("Delete the last digit")} onClick=${onBack}>${"⌫"}</button>
  </div>`;
}
