// T5: how are you today. Six rows in big letters, on the tablet handed over. Nothing is asked twice.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { saveReadiness } from "../state/arrival_acts.js";
import { personOf } from "../state/people.js";
import { closeSheet, drawer } from "../state/ui.js";
import { isRed } from "./decision_panel.js";
import { PersonHead } from "./person_head.js";

const NOTHING = { new_symptoms: null, fall: null, hot: null, new_medicine: null, tiredness_0_10: null, slept_well: null, answered_by: "self" };
const ROWS = () => [["new_symptoms", t("New symptoms since last time?")], ["fall", t("Fall or near-fall?")],
  ["hot", t("Feeling hot or feverish?")], ["new_medicine", t("New or changed medicine?")]];

export function Readiness({ code }) {
  const [answers, setAnswers] = useState(() => {
    const { event, conflict, ...known } = personOf(code).readiness ?? NOTHING;
    return known;
  });
  const answer = (field, value) => setAnswers({ ...answers, [field]: value });
  const open = Object.values(answers).filter((value) => value === null).length;
  return html`<section class="readiness sheet-full" aria-label=${t("How are you today?")}>
    <header><h1>${t("How are you today?")}</h1><${PersonHead} code=${code} /></header>
    ${ROWS().map(([field, question]) => html`<${YesNo} question=${question} value=${answers[field]} onAnswer=${(value) => answer(field, value)} />`)}
    <div class="ask" role="group" aria-label=${t("Tiredness now")}>
      <p>${t("Tiredness now")}<small>${t("0 none, 10 the most")}</small></p>
      <div class="eleven">${Array.from({ length: 11 }, (_, n) => html`<button type="button" class="key" aria-pressed=${answers.tiredness_0_10 === n} onClick=${() => answer("tiredness_0_10", n)}>${n}</button>`)}</div>
    </div>
    <${YesNo} question=${t("Slept well?")} value=${answers.slept_well} onAnswer=${(value) => answer("slept_well", value)} />
    <footer class="bar">
      <button type="button" class="key wide" onClick=${closeSheet}>${t("Back, nothing saved")}</button>
      <button type="button" class="chip" aria-pressed=${answers.answered_by === "trainer"} onClick=${() => answer("answered_by", answers.answered_by === "self" ? "trainer" : "self")}>${t("The trainer fills this in")}</button>
      <button type="button" class="main-action" onClick=${() => finish(code, answers)}>
        ${open === 0 ? t("Done") : t("Done, {n} not answered", { n: open })}</button>
    </footer>
  </section>`;
}

/** She gives the tablet back: with nothing to decide, her drawer closes too; else it is hers that is open. */
async function finish(code, answers) {
  await saveReadiness(code, answers);
  closeSheet();
  if (!isRed(answers)) drawer.value = null;
  else if (drawer.value?.code !== code) drawer.value = { code };
}

function YesNo({ question, value, onAnswer }) {
  return html`<div class="ask" role="group" aria-label=${question}>
    <p>${question}</p>
    <div class="yes-no">
      <button type="button" class="key" aria-pressed=${value === true} onClick=${() => onAnswer(true)}>${t("Yes")}</button>
      <button type="button" class="key" aria-pressed=${value === false} onClick=${() => onAnswer(false)}>${t("No")}</button>
    </div>
  </div>`;
}
