// P5: one question the day after, the same for women who train and who don't. A yes goes to a person.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { answerNextDay } from "../state/acts.js";
import { isAskedNextDay, readDayWord } from "../state/asked.js";
import { open, view } from "../state/model.js";
import { Head } from "./head.js";
import { HelpCard } from "./today.js";

const SYMPTOMS = () => [["fall", t("I fell")], ["pain", t("Pain")], ["numbness_weakness", t("Numb or weak")], ["vision", t("My eyes")],
  ["dizzy", t("Dizzy")], ["tiredness", t("More tired than usual")], ["bladder", t("Bladder")], ["fever", t("Fever or an infection")], ["other", t("Something else")]];

export function NextDay() {
  const [said, setSaid] = useState(null); // null: not answered; else a yes on its way, or what was said
  const [given, setGiven] = useState(null);
  const session = view.value.next_day?.session;
  const give = (answer) => {
    setGiven(answer);
    answerNextDay(session, answer);
  };
  if (given !== null) return html`<${Thanks} worse=${given.worse} />`;
  if (!isAskedNextDay()) return html`<${Head} words=${t("One question")} /><p>${t("Thank you, you have answered.")}</p>`;
  const title = t("Anything new or worse since {day}?", { day: readDayWord() });
  if (said === null) {
    return html`<${Head} words=${title} /><div class="yes-no">
      <button type="button" class="key" onClick=${() => setSaid({ worse: true, what: [], call_me: false })}>${t("Yes")}</button>
      <button type="button" class="key" onClick=${() => give({ worse: false, what: [], call_me: false })}>${t("No")}</button></div>`;
  }
  const toggle = (word) => setSaid({ ...said, what: said.what.includes(word) ? said.what.filter((one) => one !== word) : [...said.what, word] });
  return html`<${Head} words=${t("What is it?")} /><p>${t("Tap what fits. You needn't tap anything.")}</p>
    <div class="chips" role="group" aria-label=${t("What is it?")}>${SYMPTOMS().map(([word, words]) => html`<button type="button" key=${word} class="chip" aria-pressed=${said.what.includes(word)} onClick=${() => toggle(word)}>${words}</button>`)}</div>
    <button type="button" class="chip wide" aria-pressed=${said.call_me} onClick=${() => setSaid({ ...said, call_me: !said.call_me })}>${t("Please call me")}</button>
    <button type="button" class="main" onClick=${() => give(said)}>${t("Send")}</button>
    <${HelpCard} />`;
}

const Thanks = ({ worse }) => html`<${Head} words=${t("Thank you")} />
  <p role="status">${worse ? t("A person of the study looks at it. If it is urgent, don't wait: call.") : t("Good to know.")}</p>
  ${worse && html`<${HelpCard} />`}
  <button type="button" class="main" onClick=${() => open("today")}>${t("Done")}</button>`;
