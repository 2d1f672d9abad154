// P4: how it went, without blame, and how she feels.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { giveFeeling } from "../state/acts.js";
import { open, saidOf, view } from "../state/model.js";
import { readEffort } from "../state/effort.js";
import { Head } from "./head.js";
import { sayLighter } from "./after_words.js";

const GRADES = Array.from({ length: 11 }, (_, grade) => grade);

export function After() {
  const { answers, last } = view.value;
  const { sets } = answers;
  const effort = readEffort();
  return html`<${Head} words=${t("How it went")} />
    ${sets && html`<p class="large">${t("You did {done} of {planned} sets.", sets)}</p><p>${sayLighter(sets)}</p>`}
    ${effort.isOpen && html`<button type="button" class="main" onClick=${() => open("effort")}>${t("Say how hard it was")}</button>`}
    ${effort.state === "closed" && effort.given === null && html`<p>${t("How hard it was: not given. That's all right.")}</p>`}
    <${Feeling} session=${last.id} known=${answers.feeling} />`;
}

function Feeling({ session, known }) {
  const own = saidOf("feeling", session)?.value;
  const said = own ?? known;
  const [isChanging, setChanging] = useState(false);
  const give = (grade) => (giveFeeling(session, grade), setChanging(false));
  if (said && !isChanging) {
    return html`<p role="status">${t("You feel {n} of 10. Thank you.", { n: said.feeling_0_10 })}</p>
      ${own && html`<button type="button" class="second" onClick=${() => setChanging(true)}>${t("Say it otherwise")}</button>`}`;
  }
  return html`<section aria-label=${t("How do you feel now?")}><h2>${t("How do you feel now?")}</h2>
    <p>${t("0 very bad, 10 very good")}</p>
    <div class="eleven">${GRADES.map((grade) => html`<button type="button" key=${grade} class="key" onClick=${() => give(grade)}>${grade}</button>`)}</div></section>`;
}
