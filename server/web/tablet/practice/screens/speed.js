// How fast the practice goes: as it is, four times, or ten times where nobody works.

import { t } from "/static/translate.js";
import { html } from "../../html.js";
import { SPEEDS } from "../core/clock.js";
import { chosen } from "../state/passing.js";

export const Speed = () => html`<div class="practice-speed" role="group" aria-label=${t("How fast time goes")}>
  ${SPEEDS.map((speed) => html`<button type="button" class="key" aria-pressed=${chosen.value === speed} onClick=${() => (chosen.value = speed)}
    aria-label=${sayLong(speed)}>${t("×{n}", { n: speed })}</button>`)}
</div>`;

const sayLong = (speed) => (speed === 1 ? t("×{n}: as it is", { n: speed })
  : speed === 4 ? t("×{n} as fast", { n: speed }) : t("×{n} as fast, but not while they work", { n: speed }));
