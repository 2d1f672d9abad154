// Room temperature by half degrees: at the start, in the middle, at the end.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { draftFact, enter } from "../state/entering.js";
import { state } from "../state/model.js";

const USUAL_C = 21;
const ORDER = ["start", "middle", "end"];

export function ClimateStepper({ when }) {
  const { climate } = state.value.room;
  const known = climate[when]?.temperature_c ?? null;
  const before = ORDER.map((one) => climate[one]?.temperature_c).findLast((value) => value !== undefined);
  const from = known ?? before ?? USUAL_C;
  const save = (temperature_c) => enter(() => draftFact("room_climate", when,
    { temperature_c, humidity_pct: climate[when]?.humidity_pct ?? null, source: "typed" }, "read again"));
  return html`<div class="stepper" role="group" aria-label=${t("Room temperature")}>
    <button type="button" class="key" aria-label=${t("Half a degree less")} onClick=${() => save(from - 0.5)}>${"−"}</button>
    <output>${known === null ? t("— °C") : t("{n} °C", { n: known.toFixed(1) })}</output>
    <button type="button" class="key" aria-label=${t("Half a degree more")} onClick=${() => save(from + 0.5)}>${"+"}</button>
    ${known === null && html`<button type="button" class="key wide" onClick=${() => save(from)}>${t("It is {n} °C", { n: from.toFixed(1) })}</button>`}
  </div>`;
}
