// Her sets tonight, the last one first: each can be said otherwise, or not at all.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { listHerSets, nameExercise } from "../state/her_sets.js";
import { planned } from "../state/model.js";
import { signCode } from "../state/people.js";
import { readOne, unsayOne } from "../state/set_acts.js";
import { sayEvidence } from "./evidence_words.js";
import { useMeant } from "./meant.js";
import { useScrollPlace } from "./scroll_place.js";
import { sayAmount } from "./set_words.js";

/** @param {{code: string, onOpen: (set: import("../state/set_acts.js").One) => void, onDone?: () => void,
 *   place: {current: number}}} props `onDone`: back to the other things of the drawer; `place`: where it was left */
export function HerSets({ code, onOpen, onDone, place: left }) {
  const list = useScrollPlace(left);
  const [sets] = useState(() => listHerSets(code)); // another that begins moves none under the finger
  const said = sets.map((set) => readOne(code, set));
  const [settled, meant] = useMeant(said.map(({ isEntered }) => isEntered).join());
  return html`<div class="stack">
    ${onDone && html`<button type="button" class="wide-key" onClick=${onDone}>${t("◂ More about {who}", { who: signCode(code) })}</button>`}
    ${sets.length === 0 && html`<p>${t("None has begun. They come here with the work of the circuit.")}</p>`}
    <ul class="her-sets" ref=${list}>${sets.map((set, place) => html`<${Row} key=${set.name} code=${code} set=${set} said=${said[place]} settled=${settled} meant=${meant} onOpen=${onOpen} />`)}</ul>
  </div>`;
}

function Row({ code, set, said, settled, meant, onOpen }) {
  const { value, isEntered } = said;
  const name = nameExercise(code, set.station, value.exercise);
  const unsay = () => unsayOne(code, set, t("{who}, set {n}: not seen after all", { who: signCode(code), n: set.round }));
  return html`<li><div role="group" aria-label=${t("{exercise}, set {n}", { exercise: name, n: set.round })}>
    <button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => onOpen(set))}>
      <span lang=${planned.value?.language}>${name}</span><small>${t("Set {n}", { n: set.round })}${" · "}${sayDone(said)}</small></button>
    ${isEntered && html`<button type="button" class="key" aria-disabled=${!settled} onClick=${meant(unsay)}>${t("Not seen after all")}</button>`}
  </div></li>`;
}

/** How many, and how that is known; where nobody said anything, why. */
export function sayDone({ value, isEntered, evidence, missing }) {
  if (isEntered) return [sayAmount(value.performed), sayEvidence(value.evidence)].filter(Boolean).join(" · ");
  if (missing !== null) return t("missed");
  return evidence === "assumed" ? t("assumed so far") : t("not entered yet");
}
