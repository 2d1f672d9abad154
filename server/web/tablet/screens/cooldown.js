// T10, before closing: five minutes of cool-down, and the room once more.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { formatCountdown, formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { nowMs, planned, state } from "../state/model.js";
import { enterPhase } from "../state/clock_acts.js";
import { ClimateStepper } from "./climate.js";
import { Movements } from "./picture.js";
import { SetsTonight } from "./sets_tonight.js";

// The study prints five minutes; the order is ours.
const MOVEMENTS = () => [["walk-slowly", t("Walk slowly, breathe out long")], ["calf-stretch", t("Calf stretch, each side")],
  ["thigh-stretch-seated", t("Thigh stretch, seated")], ["shoulder-and-neck", t("Shoulder and neck, slowly")], ["drink-water", t("Drink water")]];

export function Cooldown() {
  const [sets, setSets] = useState(false);
  const all = (planned.value?.minutes.cooldown ?? 5) * 60_000;
  const passed = nowMs.value - Date.parse(state.value.phase.at);
  return html`<main class="warmup">
    <section class="band" aria-label=${t("Timer")}>
      <h1>${t("Cool-down")}<small>${t("{passed} of {all}", { passed: formatElapsed(passed), all: formatElapsed(all) })}</small></h1>
      <span class="clock" role="timer">${passed <= all ? formatCountdown(all - passed) : `+${formatElapsed(passed - all)}`}</span>
      <p class="next">${t("Next: whole-session effort, check, end")}</p>
      <button type="button" class="main-action" onClick=${() => enterPhase("closing")}>${t("To the end")}</button>
    </section>
    ${sets ? html`<${SetsTonight} onDone=${() => setSets(false)} />` : html`<${Beside} onSets=${() => setSets(true)} />`}
  </main>`;
}

const Beside = ({ onSets }) =>
  html`<div class="columns">
    <section class="card" aria-label=${t("Movements")}><h2>${t("Movements")}</h2><${Movements} list=${MOVEMENTS()} /></section>
    <div class="stack"><section class="card" aria-label=${t("Room")}><h2>${t("Room at the end")}</h2><${ClimateStepper} when="end" />
      <p class="hint">${t("It becomes part of tonight's record, as at the start.")}</p></section>
      <section class="card" aria-label=${t("Sets")}><h2>${t("Sets")}</h2>
        <button type="button" class="key" onClick=${onSets}>${t("Somebody's sets tonight")}</button>
        <p class="hint">${t("Each can still be said otherwise.")}</p></section></div>
  </div>`;
