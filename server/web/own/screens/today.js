// P1: today. What is asked of her first, then what is planned, in plain words.

import { t, tn } from "/static/translate.js";
import { parseUtc } from "/tablet/app/core/envelope.js";
import { html } from "/tablet/app/html.js";
import { LanguageKey } from "/tablet/app/screens/language_key.js";
import { Picture } from "/tablet/app/screens/picture.js";
import { nowMs, open, saidOf, view } from "../state/model.js";
import { compareDays, formatDay, formatTime } from "../core/study_time.js";
import { readDayWord, isAskedNextDay } from "../state/asked.js";
import { readEffort } from "../state/effort.js";
import { Card, Head } from "./head.js";
import { sayTarget, sayChange } from "./target_words.js";

export function Today() {
  const { next, now, answers, trains } = view.value;
  const effort = readEffort();
  return html`<${Head} words=${t("Today")} back=${false} />
    ${isAskedNextDay() && html`<${NextDayCard} />`}
    ${now !== null && html`<${Card} name="during" title=${t("Your session is going on")}>
      <button type="button" class="main" onClick=${() => open("during")}>${t("My exercise and my clock")}</button><//>`}
    ${effort.isOpen && html`<${EffortCard} effort=${effort} />`}
    ${answers?.ended_at && html`<${Card} name="after" title=${t("Your last session")}>
      <button type="button" class="main" onClick=${() => open("after")}>${t("How it went")}</button><//>`}
    ${mayAnswer() && html`<${Card} name="readiness" title=${t("Before you begin")}>
      <button type="button" class="main" onClick=${() => open("readiness")}>${t("How I feel today")}</button><//>`}
    ${next !== null ? html`<${NextCard} next=${next} />` : html`<${Card} name="rest" title=${t("Next")}>
      <p>${trains ? t("No session today. Rest is part of the plan.") : t("Nothing is planned for you. Live as you usually do: the study needs that as much as the training.")}</p><//>`}
    <${HelpCard} />
    <${LanguageKey} />`;
}

const NextDayCard = () => html`<${Card} name="next-day" title=${t("One question")}>
  <p>${t("Anything new or worse since {day}?", { day: readDayWord() })}</p>
  <button type="button" class="main" onClick=${() => open("next_day")}>${t("Answer")}</button><//>`;

const EffortCard = ({ effort }) => html`<${Card} name="effort" title=${t("How hard was the whole session?")}>
  ${effort.state === "remind" && html`<p role="status">${t("A reminder: your session ended {n} minutes ago.", { n: effort.minutes })}</p>`}
  <button type="button" class="main" onClick=${() => open("effort")}>${t("Say how hard it was")}</button><//>`;

/** Once the trainer has begun the evening, and until the clock runs. */
function mayAnswer() {
  const { next, last, now, answers } = view.value;
  const isBegun = next !== null && next.id === last?.id && next.state === "running" && now === null;
  return isBegun && answers.readiness === null && saidOf("readiness", next.id) === null;
}

function NextCard({ next }) {
  const startMs = parseUtc(next.start);
  const { zone } = view.value;
  const { lang: language } = document.documentElement;
  const when = { day: formatDay(startMs, zone, language), time: formatTime(startMs, zone, language) };
  const isToday = compareDays(startMs, nowMs.value, zone) === "same" && compareDays(nowMs.value, startMs, zone) === "same";
  return html`<${Card} name="next" title=${isToday ? t("Your session today") : t("Your next session")}>
    <p class="large">${next.ordinal === null ? t("An extra session. {day}, {time}.", when) : t("Session {n}. {day}, {time}.", { n: next.ordinal, ...when })}</p>
    <p>${t("Bring water and something that cools you.")}</p>
    <${News} />
    <${Plan} />
  <//>`;
}

/** What changes, in one sentence. */
function News() {
  const changed = (view.value.tonight?.stations ?? []).filter(({ change }) => change !== null);
  if (view.value.tonight === null) return null;
  if (view.value.next.ordinal === 1) return html`<p>${t("It is your first session.")}</p>`;
  if (changed.length === 0) return html`<p>${t("Nothing changes for you.")}</p>`;
  return html`<p>${tn("New: {n} exercise is another step for you.", "New: {n} exercises are another step for you.", changed.length)}</p>`;
}

function Plan() {
  const { tonight } = view.value;
  if (tonight === null) return null;
  return html`<details><summary>${t("What you do")}</summary>
    <p>${tn("{n} exercise, ", "{n} exercises, ", tonight.stations.length)}${tn("once through.", "{n} times through.", tonight.rounds)}</p>
    <ol class="plan">${tonight.stations.map((one) => html`<li key=${one.station}>
      <${Picture} movement=${one.exercise} />
      <div><b lang=${tonight.language}>${one.name}</b><span>${sayTarget(one)}</span>${one.change && html`<span>${sayChange(one.change)}</span>`}</div>
    </li>`)}</ol></details>`;
}

/** Whom to call, as the study says it. */
export function HelpCard() {
  const { phones } = view.value;
  return html`<${Card} name="help" title=${t("If something is wrong")}>
    ${phones.length === 0 ? html`<p>${t("Call your doctor. In an emergency call the emergency number of your country.")}</p>`
      : html`<ul class="phones">${phones.map(({ name, number }) => html`<li key=${name}><a href=${`tel:${number.replace(/[^+0-9*#]/g, "")}`}><span><bdi>${name}</bdi>:</span> <b dir="ltr">${number}</b></a></li>`)}</ul>`}<//>`;
}
