// How she feels today: the six rows of the tablet (T5), on her own phone. Each may stay open.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { giveReadiness } from "../state/acts.js";
import { open, view } from "../state/model.js";
import { Head } from "./head.js";

const NOTHING = { new_symptoms: null, fall: null, hot: null, new_medicine: null, tiredness_0_10: null, slept_well: null };
const ROWS = () => [["new_symptoms", t("New symptoms since last time?")], ["fall", t("Fall or near-fall?")], ["hot", t("Feeling hot or feverish?")],
  ["new_medicine", t("New or changed medicine?")], ["slept_well", t("Slept well?")]];
const ELEVEN = Array.from({ length: 11 }, (_, n) => n);

export function Readiness() {
  const [answers, setAnswers] = useState(NOTHING);
  const answer = (field, value) => setAnswers({ ...answers, [field]: value });
  const left = Object.values(answers).filter((value) => value === null).length;
  const finish = () => {
    giveReadiness(view.value.last.id, answers);
    open("today");
  };
  return html`<${Head} words=${t("How are you today?")} />
    ${ROWS().map(([field, question]) => html`<div key=${field} class="ask" role="group" aria-label=${question}><p>${question}</p><div class="yes-no">
      <button type="button" class="key" aria-pressed=${answers[field] === true} onClick=${() => answer(field, true)}>${t("Yes")}</button>
      <button type="button" class="key" aria-pressed=${answers[field] === false} onClick=${() => answer(field, false)}>${t("No")}</button></div></div>`)}
    <div class="ask" role="group" aria-label=${t("Tiredness now")}><p>${t("Tiredness now")} <small>${t("0 none, 10 the most")}</small></p>
      <div class="eleven">${ELEVEN.map((n) => html`<button type="button" key=${n} class="key" aria-pressed=${answers.tiredness_0_10 === n} onClick=${() => answer("tiredness_0_10", n)}>${n}</button>`)}</div></div>
    <button type="button" class="main" disabled=${left === 6} onClick=${finish}>${left === 0 ? t("Done") : t("Done, {n} not answered", { n: left })}</button>`;
}
