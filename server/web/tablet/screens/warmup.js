// T6: ten minutes of warm-up. Her own heart rate in it is what the live tile compares with later.

import { useEffect, useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { formatCountdown, formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { draftEarlyWarmUps } from "../state/baselines.js";
import { enter } from "../state/entering.js";
import { startCircuit } from "../state/session_acts.js";
import { heard, tileOf } from "../state/live.js";
import { nowMs, participants, planned, state } from "../state/model.js";
import { drawer } from "../state/ui.js";
import { nameOf, personOf, signCode, strapOf } from "../state/people.js";
import { LatecomerDrawer, Latecomers } from "./latecomers.js";
import { Movements } from "./picture.js";

// The study prints ten minutes of walking, joint movement and stretching; the order is ours.
const MOVEMENTS = () => [["walk-on-the-spot", t("Walk on the spot, arms swinging")], ["shoulder-circles", t("Shoulder circles, both ways")],
  ["trunk-turns", t("Trunk turns, seated or standing")], ["hip-circles", t("Hip circles with a hand on the bar")],
  ["heel-raises", t("Heel raises with support")], ["calf-thigh-stretch", t("Calf and thigh stretch, each side")]];
const LISTEN_S = 10;
const HEARD_ENOUGH = 12; // ux T6

export function WarmUp() {
  const minutes = planned.value?.minutes.warmup ?? 10;
  const passed = nowMs.value - Date.parse(state.value.phase.at);
  const left = minutes * 60_000 - passed;
  return html`<main class="warmup">
    <section class="band" aria-label=${t("Timer")}>
      <h1>${t("Warm-up")}<small>${t("{passed} of {all}", { passed: formatElapsed(passed), all: formatElapsed(minutes * 60_000) })}</small></h1>
      <span class="clock" role="timer">${left >= 0 ? formatCountdown(left) : `+${formatElapsed(-left)}`}</span>
      <p class="next">${t("Next: the circuit, {n} stations", { n: planned.value?.stations.length ?? 0 })}</p>
      <button type="button" class="main-action" onClick=${start}>${t("Start the circuit")}</button>
    </section>
    <div class="grid-area"><div class="columns">
      <section class="card" aria-label=${t("Movements")}><h2>${t("Movements")}</h2>
        <${Movements} list=${MOVEMENTS()} /></section>
      <section class="card" aria-label=${t("Baseline")}><h2>${t("Her own warm-up heart rate")}</h2><${Baselines} />
        <h2>${t("Sync moment")}</h2><${SyncMoment} /></section>
      <section class="card wide" aria-label=${t("Who is still to come")}><h2>${t("Who is still to come")}</h2><${Latecomers} /></section>
    </div><${LatecomerDrawer} /></div>
  </main>`;
}

function start() {
  drawer.value = null; // it would open again over the circuit
  return startCircuit(draftEarlyWarmUps);
}

function Baselines() {
  const worn = participants.value.filter(({ code }) => strapOf(code) !== null);
  const done = worn.filter(({ code }) => personOf(code).warmup_hr !== null);
  if (worn.length === 0) return html`<p>${t("Nobody wears a strap. Clock, sets and effort work without.")}</p>`;
  if (done.length === 0) return html`<p>${t("Taken by itself from minute 3 to 8, for {n} people with a strap.", { n: worn.length })}</p>`;
  const have = done.filter(({ code }) => personOf(code).warmup_hr.bpm !== null);
  const without = done.filter(({ code }) => personOf(code).warmup_hr.bpm === null).map(({ code }) => nameOf(code) || signCode(code));
  return html`<p role="status">${t("Baseline for {n} of {all}.", { n: have.length, all: worn.length })}
    ${" "}${without.length > 0 && t("None for {who}: the change from baseline stays off for them.", { who: without.join(", ") })}</p>`;
}

function SyncMoment() {
  const [listening, setListening] = useState(null); // {left, serials}
  useEffect(() => {
    if (listening === null) return undefined;
    const timer = setTimeout(() => listen(listening, setListening), 1000);
    return () => clearTimeout(timer);
  }, [listening]);
  const last = state.value.sync_moments.at(-1);
  const n = listening?.serials.size ?? last?.heard.length ?? 0;
  return html`<div class="sync">
    <button type="button" class="key wide" disabled=${listening !== null} onClick=${() => setListening({ left: LISTEN_S, serials: new Set() })}>
      ${listening === null ? t("All together: three knocks now") : t("Listening: {n} s", { n: listening.left })}</button>
    ${(listening || last) && html`<p role="status" data-enough=${n >= HEARD_ENOUGH}>${n >= HEARD_ENOUGH ? "✓ " : ""}${tn("Knocks heard from {n} strap", "Knocks heard from {n} straps", n)}</p>`}
    <p class="hint">${heard.value.length === 0 ? t("No straps heard.") : tn("{n} strap is heard now", "{n} straps are heard now", heard.value.length)}</p>
  </div>`;
}

function listen({ left, serials }, setListening) {
  for (const serial of heard.value) if (tileOf(serial).value?.knocked) serials.add(serial);
  if (left > 1) return setListening({ left: left - 1, serials });
  setListening(null);
  return enter(() => [{ kind: "sync_moment", about: "session", value: { heard: [...serials].sort() } }]);
}

