// One set on a page of its own: its three parts, and from each the way back.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { nameExercise } from "../state/her_sets.js";
import { planned } from "../state/model.js";
import { signCode } from "../state/people.js";
import { readOne } from "../state/set_acts.js";
import { SetPanel } from "./set_panel.js";

/** @param {{code: string, set: import("../state/set_acts.js").One, said: string, evidence?: string, back: string,
 *   onBack: () => void, onDone?: () => void}} props `said`: how it stands; `evidence`: as the panel has it */
export function OneSet({ code, set, said, evidence, back, onBack, onDone }) {
  const [part, setPart] = useState("amount");
  const isWhole = part === "amount";
  const name = nameExercise(code, set.station, readOne(code, set).value.exercise);
  return html`<h2>${t("{who}, round {n}", { who: signCode(code), n: set.round })}${" · "}<span lang=${planned.value?.language}>${name}</span>${" · "}${said}</h2>
    <div class="one-set"><${SetPanel} code=${code} set=${set} part=${part} onPart=${setPart} evidence=${evidence} /></div>
    <div class="pair">
      <button type="button" class=${onDone ? "key" : "done"} onClick=${isWhole ? onBack : () => setPart("amount")}>${isWhole ? back : t("◂ How many")}</button>
      ${onDone && html`<button type="button" class="done" onClick=${onDone}>${t("Done")}</button>`}
    </div>`;
}
