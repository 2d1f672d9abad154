// P2: her exercise, her amount, her clock; and a break, of which no reason is asked.

import { t } from "/static/translate.js";
import { formatCountdown } from "/tablet/app/core/words_of_time.js";
import { html } from "/tablet/app/html.js";
import { Picture } from "/tablet/app/screens/picture.js";
import { findStep, readActiveMs } from "../core/steps.js";
import { askForBreak } from "../state/acts.js";
import { isWaiting, nowMs, saidOf, seenMs, view } from "../state/model.js";
import { Head } from "./head.js";
import { sayTarget } from "./target_words.js";

const RESTS = new Set(["held", "stopped"]);

export function During() {
  const { now, last, tonight } = view.value;
  if (now === null) return html`<${Head} words=${t("My session")} /><p>${t("The clock doesn't run now.")}</p>`;
  const { step, next, remainingMs } = findStep(now.steps, readActiveMs(now, nowMs.value - seenMs.value));
  const shown = step?.target ? step : next;
  return html`<${Head} words=${t("My session")} />
    <section class="clock" aria-label=${t("My clock")}>
      <p class="phase">${now.held ? t("The clock is held for all.") : sayPhase(step)}</p>
      <p class="seconds" role="timer">${step === null ? "" : formatCountdown(remainingMs)}</p>
      ${step && html`<p>${t("Round {n}", { n: step.round })}</p>`}
    </section>
    ${shown && html`<section class="exercise" aria-label=${t("My exercise")}>
      <p>${shown === step ? t("Now") : t("Next")}</p>
      <h2 lang=${tonight?.language}>${shown.target.name}</h2>
      <${Picture} movement=${shown.target.exercise} />
      <p class="large">${sayTarget(shown.target)}</p>
    </section>`}
    <${Break} session=${last.id} standing=${now.standing} />`;
}

function sayPhase(step) {
  if (step === null) return t("The circuit is over.");
  return { work: t("Work"), rest: t("Rest"), change: t("Go to the next station") }[step.kind];
}

function Break({ session, standing }) {
  const asked = saidOf("person_held", session);
  const isSent = asked !== null && !isWaiting(asked.id);
  if (RESTS.has(standing)) return html`<p class="calm" role="status">${t("You're resting, and your trainer knows. Rest as long as you like. She says when you go on.")}</p>`;
  if (asked !== null && !isSent) return html`<p class="calm" role="status">${t("Your break is kept on your phone, but your trainer doesn't see it yet. Raise your hand.")}</p>`;
  return html`<div class="confirm"><button type="button" class="main" onClick=${() => askForBreak(session)}>${t("I need a break")}</button></div>`;
}
