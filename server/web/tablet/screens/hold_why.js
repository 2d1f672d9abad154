// While the clock is held for all: why, if she likes.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { explainHold, readHold } from "../state/hold_reason.js";

const WHYS = () => [["someone_down", t("Somebody needs me")], ["equipment", t("Equipment")], ["heat", t("Heat")], ["talk", t("To explain")]];

export function Why() {
  const said = readHold()?.value.why;
  return html`<div class="chips why" role="group" aria-label=${t("Why is it held?")}>
    <span>${t("Why? (if you like)")}</span>
    ${WHYS().map(([why, word]) => html`<button type="button" class="chip" aria-pressed=${said === why}
      onClick=${() => explainHold(why)}>${word}</button>`)}
  </div>`;
}
