// Whom to ask, in floor order; who said what disappears while the scale is turned to somebody.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { canBeAsked, cardOf } from "../state/people.js";

const WORDS = { not_asked: () => t("not asked"), refused: () => t("rather not"), away: () => t("away"), unknown: () => t("not sure") };

export function EffortPeople({ codes, current, hidden, onPick, ratingOf }) {
  return html`<ul class="effort-grid">${codes.map((code) => {
    const given = ratingOf(code);
    const here = canBeAsked(code);
    return html`<li key=${code}><button type="button" class="ask-tile" disabled=${!here} data-current=${code === current} data-done=${Boolean(given)} onClick=${() => onPick(code)}>
      <b>${cardOf(code)?.sign}</b><span>${code}</span>
      <span class="given">${hidden || !given ? "" : given.rating ?? WORDS[given.missing_reason]?.()}${!here ? t("not here") : ""}</span>
    </button></li>`;
  })}</ul>`;
}
