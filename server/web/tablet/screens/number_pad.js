// Ten digits of 88 × 72, for a PIN and for the number printed on a strap.

import { t } from "/static/translate.js";
import { html } from "../html.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @param {{onDigit: (digit: string) => void, onBack: () => void, onDone?: () => void,
 *   doneWord?: string, mayEnd?: boolean, disabled?: boolean}} props with `onDone` there is a key ✓ */
export function NumberPad({ onDigit, onBack, onDone, doneWord = "", mayEnd = false, disabled = false }) {
  const key = (digit) => html`<button type="button" class="key" disabled=${disabled} onClick=${() => onDigit(digit)}>${digit}</button>`;
  return html`<div class="pad" role="group" aria-label=${t("Digits")}>
    ${DIGITS.map(key)}
    ${onDone ? html`<button type="button" class="key ok" disabled=${!mayEnd} aria-label=${doneWord} onClick=${onDone}>${"✓"}</button>` : html`<span></span>`}
    ${key("0")}
    <button type="button" class="key" disabled=${disabled} aria-label=${t("Delete the last digit")} onClick=${onBack}>${"⌫"}</button>
  </div>`;
}
