// P6: her own way. 24 dots, her own steps in words, and what stays closed. Nobody else is near it.

import { useEffect, useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { bandWord } from "/tablet/app/screens/set_words.js";
import { fetchPath } from "../state/acts.js";
import { path } from "../state/model.js";
import { Head } from "./head.js";
import { PinPad } from "./pin_pad.js";

const STATES = () => ({ filled: t("done"), half: t("done in part"), rest: t("rest"), to_come: t("to come") });
const ANSWERED = () => ({ filled: t("answered"), rest: t("not answered"), to_come: t("to come") });

export function Path() {
  const [tried, setTried] = useState(0);
  useEffect(() => {
    if (path.value === null) fetchPath().then((status) => setTried(status));
    return () => (path.value = null); // nothing of it stays here; for ten minutes after her PIN the server gives it again
  }, []);
  if (path.value === null) return html`<${Head} words=${t("My path")} back=${false} /><${PinPad} offline=${tried === 0 && !navigator.onLine} />`;
  return html`<${Head} words=${t("My path")} back=${false} /><${Dots} of=${path.value.of} dots=${path.value.dots} /><${Stairs} stairs=${path.value.stairs} />
    <section aria-label=${t("Blood results")}><h2>${t("Blood results")}</h2><p>${t("Kept closed until the study ends (so nobody can influence it).")}</p></section>`;
}

function Dots({ of, dots }) {
  const words = of === "questions" ? ANSWERED() : STATES();
  const weeks = [...new Set(dots.map(({ week }) => week))];
  const n = dots.filter(({ state }) => state === "filled" || state === "half").length;
  if (dots.length === 0) return html`<p>${t("The study's plan isn't here yet.")}</p>`;
  return html`<p class="large">${of === "questions" ? tn("You answered {n} question.", "You answered {n} questions.", n) : tn("You were at {n} session.", "You were at {n} sessions.", n)}</p>
    <ol class="weeks">${weeks.map((week) => html`<li key=${week}><span>${t("Week {n}", { n: week })}</span>
      <ol class="dots">${dots.filter((dot) => dot.week === week).map(({ session, state }) => html`<li key=${session}><span class="dot" data-state=${state} role="img" aria-label=${t("{n}: {what}", { n: session, what: words[state] })}></span></li>`)}</ol></li>`)}</ol>
    <ul class="key-of-dots">${Object.entries(words).map(([state, word]) => html`<li key=${state}><span class="dot" data-state=${state} aria-hidden="true"></span>${word}</li>`)}</ul>`;
}

function Stairs({ stairs }) {
  if (stairs.length === 0) return null;
  return html`<section aria-label=${t("My steps")}><h2>${t("My steps")}</h2>
    <ul class="stairs">${stairs.map(({ exercise, name, steps }) => html`<li key=${exercise}><b lang=${path.value.language}>${name}</b>
      <ol>${steps.map((step) => html`<li key=${step.session}>${t("From session {n} on: {what}", { n: step.session, what: sayStep(step) })}</li>`)}</ol></li>`)}</ul></section>`;
}

function sayStep({ amount, unit, band }) {
  const amounts = { repetitions: t("{n} times", { n: amount }), seconds: t("{n} seconds", { n: amount }), metres: t("{n} metres", { n: amount }), laps: t("{n} laps", { n: amount }) };
  const said = amount === null ? [] : [amounts[unit] ?? String(amount)];
  return [...said, ...(band ? [t("band {colour}", { colour: bandWord(band) })] : [])].join(", ") || t("as planned");
}
