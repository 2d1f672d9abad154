// T4's right column while nobody's drawer is open: straps that nobody wears, and who isn't here yet.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { isGone, isHere } from "../state/attendance.js";
import { heard, tileOf } from "../state/live.js";
import { participants } from "../state/model.js";
import { labelOf, nameOf, signCode, strapOf } from "../state/people.js";
import { toggleDrawer } from "../state/ui.js";
import { StrapState } from "./strap_state.js";

/** Straps that are heard now and that nobody wears. @returns {string[]} serials */
export function listFree() {
  const worn = new Set(participants.value.map(({ code }) => strapOf(code)));
  return heard.value.filter((serial) => !worn.has(serial) && !["lost", "unknown"].includes(tileOf(serial).value?.state));
}

/** @returns {string[]} codes in floor order */
export const listGone = () => participants.value.map(({ code }) => code).filter(isGone);
export const listExpected = () => participants.value.map(({ code }) => code)
  .filter((code) => !isHere(code) && !isGone(code));

export function ArrivalSide({ onClose }) {
  const free = listFree();
  return html`<aside class="drawer side" aria-label=${t("Straps and people")}>
    <header><h2>${t("Straps on nobody")}</h2><button type="button" class="key close" aria-label=${t("Close")} onClick=${onClose}>${"✕"}</button></header>
    <div class="drawer-body">
      ${free.length === 0 ? html`<p>${heard.value.length === 0 ? t("No straps heard. Wet one and hold both pads.") : t("Every strap heard is on somebody.")}</p>`
        : html`<ul class="free-straps">${free.map((serial) => html`<li key=${serial}><b>${labelOf(serial)}</b><${Signal} serial=${serial} /><${StrapState} strip=${tileOf(serial).value} /></li>`)}</ul>`}
      <h2>${t("Still expected")}</h2><${People} codes=${listExpected()} none=${t("Everybody is here or absent.")} />
      <h2>${t("Absent")}</h2><${People} codes=${listGone()} none=${t("Nobody is absent.")} />
    </div>
  </aside>`;
}

const SIGNALS = { strong: [3, () => t("strong")], fair: [2, () => t("fair")], weak: [1, () => t("weak signal")] };
const UNTOLD = [0, () => t("signal not told")];

function Signal({ serial }) {
  const [bars, word] = SIGNALS[tileOf(serial).value?.signal] ?? UNTOLD;
  return html`<span class="signal"><span class="bars" data-bars=${bars} aria-hidden="true"><i></i><i></i><i></i></span>${word()}</span>`;
}

function People({ codes, none }) {
  if (codes.length === 0) return html`<p>${none}</p>`;
  return html`<ul class="latecomers">${codes.map((code) => html`<li key=${code}><button type="button" class="key" onClick=${() => toggleDrawer(code)}>${signCode(code)}<small>${nameOf(code)}</small></button></li>`)}</ul>`;
}
