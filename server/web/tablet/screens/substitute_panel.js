// Another exercise for her tonight: one of the same kind, or the plan's own stand-in, at the station
// where she is or at one to come. One reason, if there is one.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { lowerTo } from "../core/fold/levels.js";
import { makeTold } from "../core/told.js";
import { html } from "../html.js";
import { planned } from "../state/model.js";
import { isReady, personOf, prescribedTo, signCode, stationOf, targetOf } from "../state/people.js";
import { explainSubstitution, listChoices, substitute, substitutionAt } from "../state/substituting.js";
import { Amount, Equipment } from "./equipment.js";
import { useMeant } from "./meant.js";
import { SignOff } from "./sign_off.js";

const REASONS = () => [["pain", t("Pain")], ["balance", t("Balance")], ["fatigue", t("Fatigue")], ["spasm", t("Spasm")], ["heat", t("Heat")],
  ["dizzy", t("Dizzy")], ["equipment", t("Equipment")], ["her_choice", t("Her choice")]];

export function SubstitutePanel({ code, onDone }) {
  const stations = planned.value.stations;
  const [index, setIndex] = useState(stationOf(code) ?? 0);
  const station = stations[index];
  const said = substitutionAt(code, station);
  const choices = listChoices(code, station);
  const [settled, meant] = useMeant([index, said?.instead.exercise, isReady(code), ...choices.map(({ exercise }) => exercise)].join());
  const next = (index + 1) % stations.length;
  return html`<div class="stack">
    <button type="button" class="wide-key" onClick=${onDone}>${t("◂ More about {who}", { who: signCode(code) })}</button>
    <p><b>${t("Station {n}: {exercise}", { n: index + 1, exercise: station.name })}</b></p>
    ${targetOf(code, index).isBarred && html`<p role="status">${t("No jumps tonight: {exercise}", { exercise: targetOf(code, index).name })}</p>`}
    ${said && html`<${Instead} code=${code} station=${station} index=${index} said=${said} settled=${settled} meant=${meant} />`}
    <${Choices} code=${code} station=${station} choices=${choices} settled=${settled} meant=${meant} />
    ${hasJumps(code, station) && html`<${SignOff} code=${code} />`}
    <button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => setIndex(next))}>${t("At station {n}: {exercise} ▸", { n: next + 1, exercise: stations[next].name })}</button>
  </div>`;
}

/** Where she would jump, or could: there it is said that she isn't ready. */
const hasJumps = (code, station) => Boolean(prescribedTo(code, station)?.while_locked) || (station.alternatives ?? []).some(({ locked }) => locked);

function Instead({ code, station, index, said, settled, meant }) {
  const who = signCode(code);
  return html`<p role="status">${t("Tonight instead: {exercise}", { exercise: targetOf(code, index).name })}</p>
    <div class="chips three" role="group" aria-disabled=${!settled} aria-label=${t("Reason")}>
      ${REASONS().map(([reason, word]) => html`<button type="button" class="chip" aria-pressed=${said.reason_chip === reason} onClick=${meant(() => explainSubstitution(code, station, reason))}>${word}</button>`)}</div>
    <button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => substitute(code, station, null, t("{who}: {exercise} as prescribed again", { who, exercise: station.name })))}>${t("As prescribed again")}</button>`;
}

function Choices({ code, station, choices, settled, meant }) {
  const chosen = substitutionAt(code, station)?.instead.exercise;
  if (choices.length === 0) return html`<p>${t("The plan has nothing else of this kind yet.")}</p>`;
  const choose = (choice) => substitute(code, station, choice, t("{who}: {exercise} tonight", { who: signCode(code), exercise: choice.name }));
  return choices.map((choice) => {
    const prescribed = lowerTo(personOf(code).level, makeTold(choice));
    return html`<button type="button" class="wide-key choice" key=${choice.exercise} aria-disabled=${!settled} aria-pressed=${choice.exercise === chosen} onClick=${meant(() => choose(choice))}>
      <b><span lang=${planned.value.language}>${choice.name}</span>${" "}<${Amount} prescribed=${prescribed} /></b>${" "}<${Equipment} target=${{ prescribed, support: choice.support }} /></button>`;
  });
}
