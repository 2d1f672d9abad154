// The scale, full height: numbers and the study's own end words. Licensed wording is drawn as the study
// supplies it; without a pack there is none.

import { t } from "/static/translate.js";
import { numbersOf } from "../core/scales.js";
import { html } from "../html.js";
import { bundle } from "../state/model.js";

export function EffortScale({ disabled, settled, current, onRating }) {
  const { scale = "borg_6_20", words = {}, language = null } = bundle.value?.effort ?? {};
  return html`<div class="scale" role="group" aria-disabled=${!settled} aria-label=${scale === "cr10" ? t("Effort 0 to 10") : t("Effort 6 to 20")}>
    ${numbersOf(scale).map((number) => html`<button type="button" class="grade" disabled=${disabled} aria-pressed=${current === number} onClick=${() => onRating(number)}>
      <b>${number}</b><span lang=${language} dir="auto">${words[number] ?? ""}</span></button>`)}
  </div>`;
}
