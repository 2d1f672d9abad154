// T3: the room in two minutes: radio on the left, what people need on the right. Each tap is saved.

import { useEffect, useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { html } from "../html.js";
import { playChange } from "../shell/sound.js";
import { enterPhase } from "../state/clock_acts.js";
import { draftFact, enter } from "../state/entering.js";
import { feed, heard, tileOf } from "../state/live.js";
import { bundle, participants, state, straps } from "../state/model.js";
import { nameOf } from "../state/people.js";
import { ClimateStepper } from "./climate.js";

const CHECKS = () => [["fan_on", t("Fan on")], ["water", t("Water")], ["chairs_and_bars", t("Chairs and bars in place")],
  ["first_aid", t("First aid")], ["second_person", t("Second person present")]];
const NOTHING = { fan_on: false, water: false, chairs_and_bars: false, first_aid: false, second_person: false, radio_verdict: null };
const WARM_C = 22; // Halabchi 2017, table 2: 20 to 22 °C
const TEST_S = 20;

export function RoomCheck() {
  return html`<main class="room">
    <h1 class="visually-hidden">${t("Room check")}</h1>
    <section class="card" aria-label=${t("Radio")}><h2>${t("Radio")}</h2><${Radio} /></section>
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

function Radio() {
  const [secondsLeft, setSecondsLeft] = useState(0);
  const [counted, setCounted] = useState({});
  useEffect(() => {
    if (secondsLeft === 0) return undefined;
    const timer = setTimeout(() => step(counted, setCounted, secondsLeft, setSecondsLeft), 1000);
    return () => clearTimeout(timer);
  }, [secondsLeft]);
  const { gateways } = feed.value;
  return html`<div class="radio">
    ${gateways.length === 0
      ? html`<p>${t("No gateway has called yet. You can run without sensors: clock, sets and effort work.")}</p>`
      : html`<ul>${gateways.map(({ gateway, silentS }) => html`<li>${silentS < 10 ? t("Gateway {gateway} ✓", { gateway }) : t("Gateway {gateway} silent for {n} s", { gateway, n: Math.floor(silentS) })}</li>`)}</ul>`}
    <p>${tn("{n} strap heard", "{n} straps heard", heard.value.filter(isHeard).length)}${" · "}${t("{n} on the roster", { n: straps.value.length })}</p>
    <button type="button" class="key wide" disabled=${secondsLeft > 0} onClick=${() => { setCounted({}); setSecondsLeft(TEST_S); }}>
      ${secondsLeft > 0 ? t("Testing: {n} s", { n: secondsLeft }) : t("Test radio ({n} s)", { n: TEST_S })}
    </button>
    <progress max=${TEST_S} value=${secondsLeft > 0 ? TEST_S - secondsLeft : 0} aria-label=${t("Radio test")}></progress>
    <p role="status">${readCheck().radio_verdict ?? ""}</p>
  </div>`;
}

const isHeard = (serial) => ["good", "weak", "battery", "no_contact"].includes(tileOf(serial).value?.state);

function step(counted, setCounted, left, setLeft) {
  const next = { ...counted };
  for (const serial of heard.value.filter(isHeard)) next[serial] = (next[serial] ?? 0) + 1;
  setCounted(next);
  setLeft(left - 1);
  if (left === 1) saveCheck({ radio_verdict: judge(next) });
}

// A strap counts when it was heard in nine of ten seconds.
function judge(counted) {
  const steady = Object.values(counted).filter((seconds) => seconds >= TEST_S * 0.9).length;
  const wanted = bundle.value?.people.length ?? 0;
  return steady >= wanted
    ? t("Enough for {wanted}: {steady} straps came through for {n} s.", { wanted, steady, n: TEST_S })
    : t("{steady} of {wanted} straps came through for {n} s. The others: wet them, put them on, or run without.", { wanted, steady, n: TEST_S });
}
