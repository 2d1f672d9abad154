// T4, somebody who comes when the circuit runs: which station is hers and when, a short warm-up before
// it if there is to be one, and what her heart rate in it was.

import { t } from "/static/translate.js";
import { formatCountdown, formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { beginWarmUp, lengthMs, nameEntry, readLate, tellIn } from "../state/late_warmup.js";
import { nowMs, state } from "../state/model.js";
import { personOf, signCode, warming } from "../state/people.js";
import { useMeant } from "./meant.js";

export function LatePanel({ code }) {
  const late = readLate(code);
  const [settled, meant] = useMeant(late);
  if (late === null) return null;
  if (late === "in") return html`<p>${sayHeart(personOf(code).warmup_hr)}</p>`;
  const Panel = late === "warming" ? Warming : Offer;
  return html`<section class="late-panel" aria-label=${t("She came late")}><${Panel} code=${code} settled=${settled} meant=${meant} /></section>`;
}

function Offer({ code, settled, meant }) {
  const who = signCode(code);
  const minutes = formatElapsed(lengthMs());
  const then = nameEntry(code, nowMs.value + lengthMs());
  return html`<p><b>${sayEntry(nameEntry(code, nowMs.value))}</b></p>
    ${lengthMs() > 0 && html`<button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => beginWarmUp(code, t("{who}: short warm-up {time}", { who, time: minutes })))}>${t("Short warm-up first: {time}", { time: minutes })}</button>
    <p>${then === null ? t("The circuit would be over by then.") : t("After it: station {n}, {exercise}.", { n: then.n, exercise: then.name })}</p>`}`;
}

function Warming({ code, settled, meant }) {
  const who = signCode(code);
  const { endsMs, isOver } = warming.value[code];
  const entry = nameEntry(code, isOver ? nowMs.value : endsMs);
  return html`<p><b>${isOver ? t("Her warm-up is over.") : t("Short warm-up: {time} left", { time: formatCountdown(endsMs - nowMs.value) })}</b></p>
    <p>${sayEntry(entry)}</p>
    <button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => tellIn(code, t("{who} goes in", { who })))}>${entry === null ? t("She goes in") : t("In at station {n}", { n: entry.n })}</button>`;
}

function sayEntry(entry) {
  if (entry === null) return t("No more stations begin tonight.");
  const { n, name: exercise, beginsMs } = entry;
  if (state.value.clock.state === "held") return t("Station {n}, {exercise}, when the clock goes on.", { n, exercise });
  return t("Station {n}, {exercise}, begins in {time}.", { n, exercise, time: formatCountdown(beginsMs - nowMs.value) });
}

const WHY_NONE = { warmup_too_short: () => t("her warm-up was too short"), came_late: () => t("she wore no strap in it"),
  not_heard: () => t("nothing was heard"), below_coverage: () => t("too little was heard") };

function sayHeart(heart) {
  if (heart === null) return t("Her warm-up heart rate: none, she wore no strap in it.");
  if (heart.bpm === null) return t("Her warm-up heart rate: none, {why}. The change from it stays off for her.", { why: WHY_NONE[heart.missing_reason]?.() ?? heart.missing_reason });
  return t("Her warm-up heart rate: {bpm} bpm ({n} % heard).", { bpm: heart.bpm, n: heart.coverage_pct });
}
