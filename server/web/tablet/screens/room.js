// T3: the room in two minutes: radio on the left, what people need on the right. Each tap is saved.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { playChange } from "../shell/sound.js";
import { enterPhase } from "../state/clock_acts.js";
import { draftFact, enter } from "../state/entering.js";
import { participants, state } from "../state/model.js";
import { nameOf } from "../state/people.js";
import { ClimateStepper } from "./climate.js";
import { RadioCard } from "./radio_card.js";

const CHECKS = () => [["fan_on", t("Fan on")], ["water", t("Water")], ["chairs_and_bars", t("Chairs and bars in place")],
  ["first_aid", t("First aid")], ["second_person", t("Second person present")]];
const NOTHING = { fan_on: false, water: false, chairs_and_bars: false, first_aid: false, second_person: false, radio_verdict: null };
const WARM_C = 22; // Halabchi 2017, table 2: 20 to 22 °C

export function RoomCheck() {
  return html`<main class="room">
    <h1 class="visually-hidden">${t("Room check")}</h1>
    <section class="card" aria-label=${t("Radio")}><h2>${t("Radio")}</h2><${RadioCard} verdict=${readCheck().radio_verdict} onVerdict=${(words) => saveCheck({ radio_verdict: words })} /></section>
    <section class="card" aria-label=${t("Room")}><h2>${t("Room")}</h2>
      <${ClimateStepper} when="start" />
      <${WarmLine} />
      <ul class="checks">${CHECKS().map(([field, word]) => html`<li><${Check} field=${field} word=${word} /></li>`)}</ul>
    </section>
    <footer class="bar">
      <button type="button" class="key wide" onClick=${playChange}>${t("Test loudspeaker")}</button>
      <button type="button" class="main-action" onClick=${() => enterPhase("arrivals")}>${t("Go to arrivals")}</button>
    </footer>
  </main>`;
}

const readCheck = () => {
  const { event, conflict, ...value } = state.value.room.check ?? NOTHING;
  return value;
};
const saveCheck = (change) =>
  enter(() => draftFact("room_check", "session", { ...readCheck(), ...change }, "looked again"));

function Check({ field, word }) {
  const on = readCheck()[field];
  return html`<button type="button" class="check" aria-pressed=${on} onClick=${() => saveCheck({ [field]: !on })}>
    <span class="box" aria-hidden="true">${on ? "✓" : ""}</span>${word}
  </button>`;
}

function WarmLine() {
  const warm = (state.value.room.climate.start?.temperature_c ?? 0) > WARM_C;
  const sensitive = participants.value.filter(({ flags }) => flags.includes("heat_sensitive"));
  if (!warm || sensitive.length === 0) return null;
  const who = sensitive.map(({ code, sign }) => nameOf(code) || sign).join(", ");
  return html`<p class="calm">${t("Warm for heat-sensitive participants: {who}.", { who })}</p>`;
}
