// P3: the scale, the whole screen. A number stands until she says that it is the one.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { numbersOf } from "/tablet/app/core/scales.js";
import { html } from "/tablet/app/html.js";
import { giveEffort } from "../state/acts.js";
import { view } from "../state/model.js";
import { readEffort } from "../state/effort.js";
import { Head } from "./head.js";

export function Effort() {
  const found = readEffort();
  const [isChanging, setChanging] = useState(false);
  const title = t("How hard was the whole session?");
  if (found.state === "closed" && found.given === null) return html`<${Head} words=${title} /><p>${t("Not given. That's all right.")}</p>`;
  if (found.given !== null && !isChanging) {
    return html`<${Head} words=${title} /><p class="large" role="status">${sayGiven(found.given)}</p>
      ${found.isChangeable && html`<button type="button" class="main" onClick=${() => setChanging(true)}>${t("Say it otherwise")}</button>`}`;
  }
  return html`<${Head} words=${title} /><${Scale} minutes=${found.minutes} onGiven=${() => setChanging(false)} />`;
}

function Scale({ minutes, onGiven }) {
  const [chosen, setChosen] = useState(null);
  const { scale, words, language } = view.value.effort;
  const give = (given) => {
    giveEffort(view.value.last.id, given, minutes);
    onGiven();
  };
  return html`<div class="scale" role="group" aria-label=${scale === "cr10" ? t("Effort 0 to 10") : t("Effort 6 to 20")}>
      ${numbersOf(scale).map((number) => html`<button type="button" key=${number} class="grade" aria-pressed=${chosen === number} onClick=${() => setChosen(number)}>
        <b>${number}</b><span lang=${language} dir="auto">${words[number] ?? ""}</span></button>`)}
    </div>
    <div class="confirm">
      <button type="button" class="main" disabled=${chosen === null} onClick=${() => give({ rating: chosen, missing_reason: null })}>${chosen === null ? t("Tap a number") : t("It was {n}", { n: chosen })}</button>
      <button type="button" class="second" onClick=${() => give({ rating: null, missing_reason: "unknown" })}>${t("I'm not sure")}</button>
    </div>`;
}

function sayGiven({ rating }) {
  return rating === null ? t("You weren't sure. That's all right.") : t("You said {n}. Thank you.", { n: rating });
}
