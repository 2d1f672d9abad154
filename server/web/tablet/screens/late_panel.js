// T4, somebody who comes when the circuit runs, or comes back after long: which station is hers and
// when, a short warm-up before it if there is to be one, how that went and what her heart rate in it was.

import { t } from "/static/translate.js";
import { formatCountdown, formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { beginWarmUp, giveStation, hasStation, lengthMs, nameEntry, readLate, tellIn, woreStrap } from "../state/late_warmup.js";
import { nowMs, state } from "../state/model.js";
import { personOf, signCode, warming } from "../state/people.js";
import { useMeant } from "./meant.js";

export function LatePanel({ code }) {
  const late = readLate(code);
  const [settled, meant] = useMeant(`${late?.stage} ${late?.isOffered} ${hasStation(code)}`);
  if (late === null) return null;
  if (late.stage === "in") return html`<p>${sayHeart(code, late.warmUp.endedMs)}</p>`;
  const keys = { code, late, settled, meant };
  return html`<section class="late-panel" aria-label=${late.goneMs === null ? t("She came late") : t("She was away for long")}>
    ${late.stage === "warming" ? html`<${Warming} ...${keys} />` : html`
    ${late.stage === "broken" ? html`<${Broken} ...${keys} />` : late.goneMs !== null && html`<p>${t("She was away for {time}.", { time: formatElapsed(late.goneMs) })}</p>`}
    ${late.isOffered && html`<${Offer} ...${keys} />`}`}</section>`;
}

function Offer({ code, late, settled, meant }) {
  const who = signCode(code);
  const time = formatElapsed(lengthMs());
  const then = nameEntry(code, nowMs.value + lengthMs());
  return html`<p><b>${sayEntry(code, nameEntry(code, nowMs.value))}</b></p>
    ${!hasStation(code) && html`<button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => giveStation(code, t("{who}: the station where fewest are", { who })))}>${t("Give her the station where fewest are")}</button>`}
    ${lengthMs() > 0 && html`<button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => beginWarmUp(code, t("{who}: short warm-up {time}", { who, time })))}>${late.stage === "broken" ? t("Short warm-up again: {time}", { time }) : t("Short warm-up first: {time}", { time })}</button>
    <p>${sayThen(code, then)}</p>`}`;
}

function Warming({ code, settled, meant }) {
  const who = signCode(code);
  const { endsMs, isOver } = warming.value[code];
  const entry = nameEntry(code, isOver ? nowMs.value : endsMs);
  return html`<p><b>${isOver ? t("Her warm-up is over.") : t("Short warm-up: {time} left", { time: formatCountdown(endsMs - nowMs.value) })}</b></p>
    <p>${sayEntry(code, entry)}</p>
    <button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => tellIn(code, t("{who} goes in", { who })))}>${entry === null ? t("She goes in") : t("In at station {n}", { n: entry.n })}</button>`;
}

function Broken({ code, late: { warmUp } }) {
  const time = formatElapsed(warmUp.endedMs - warmUp.beganMs);
  return html`<p><b>${warmUp.ending === "went" ? t("Her short warm-up was broken off after {time}: she went away.", { time })
    : t("Her short warm-up was broken off after {time}: she was stopped.", { time })}</b></p>
    <p>${sayHeart(code, warmUp.endedMs, t("it was broken off"))}</p>`;
}

function sayThen(code, entry) {
  if (entry !== null) return t("After it: station {n}, {exercise}.", { n: entry.n, exercise: entry.name });
  return hasStation(code) ? t("The circuit would be over by then.") : "";
}

function sayEntry(code, entry) {
  if (!hasStation(code)) return t("She has no station yet.");
  if (entry === null) return t("No more stations begin tonight.");
  const { n, name: exercise, beginsMs } = entry;
  if (state.value.clock.state === "held") return t("Station {n}, {exercise}, when the clock goes on.", { n, exercise });
  return t("Station {n}, {exercise}, begins in {time}.", { n, exercise, time: formatCountdown(beginsMs - nowMs.value) });
}

const WHY_NONE = { warmup_too_short: () => t("her warm-up was too short"), not_heard: () => t("nothing was heard"),
  below_coverage: () => t("too little was heard") };

/** @param {number} endedMs of her warm-up @param {string|null} [why] none was taken in it */
function sayHeart(code, endedMs, why = null) {
  const heart = personOf(code).warmup_hr;
  if ((heart?.bpm ?? null) !== null) return t("Her warm-up heart rate: {bpm} bpm ({n} % heard).", { bpm: heart.bpm, n: heart.coverage_pct });
  const untaken = woreStrap(code, endedMs) ? t("nobody took it") : t("she wore no strap at its end");
  return t("Her warm-up heart rate: none, {why}. The change from it stays off for her.", { why: why ?? WHY_NONE[heart?.missing_reason]?.() ?? untaken });
}
