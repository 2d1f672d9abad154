// Who comes while the others warm up: her strap and her answers, without going back a screen.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { isGone, isHere } from "../state/attendance.js";
import { participants } from "../state/model.js";
import { personOf, signCode, strapOf } from "../state/people.js";
import { drawer, toggleDrawer } from "../state/ui.js";
import { ArrivalDrawer } from "./arrival_drawer.js";
import { Layer } from "./layer.js";

/** Whom the trainer may still have to see to. @returns {string[]} codes in floor order */
export const listUnready = () => participants.value.map(({ code }) => code).filter((code) => {
  if (isGone(code)) return false;
  return !isHere(code) || strapOf(code) === null || personOf(code).readiness === null;
});

export function Latecomers() {
  const codes = listUnready();
  if (codes.length === 0) return html`<p role="status">${t("Everybody who comes is ready ✓")}</p>`;
  return html`<ul class="latecomers">
    ${codes.map((code) => html`<li key=${code}><button type="button" class="key" data-code=${code} aria-pressed=${drawer.value?.code === code}
      onClick=${() => toggleDrawer(code)}>${signCode(code)}<small>${sayWhat(code)}</small></button></li>`)}
  </ul>`;
}

function sayWhat(code) {
  if (!isHere(code)) return t("not here yet");
  return strapOf(code) === null ? t("no strap") : t("not asked yet");
}

export function LatecomerDrawer() {
  const code = drawer.value?.code;
  return code ? html`<${Layer} key=${code}><${ArrivalDrawer} code=${code} /><//>` : null;
}
