// What the plan's rules propose for her tonight, move by move: accepted as proposed, or she stays.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { decideMove, listMoves } from "../state/progressing.js";
import { planned } from "../state/model.js";
import { personOf } from "../state/people.js";
import { DAY_REASONS } from "./day_reasons.js";
import { sayRule } from "./rule_words.js";
import { bandWord, sayAmount } from "./set_words.js";

export function ProgressPanel({ code }) {
  const moves = listMoves(code);
  if (moves.length === 0) return html`<p>${t("Everything stays as it was for her.")}</p>`;
  const isFixed = personOf(code).prescription !== null;
  return html`<ul class="stack drawer-body">${moves.map((move) => html`<li key=${move.station}><${Move} code=${code} move=${move} isFixed=${isFixed} /></li>`)}
    ${isFixed && html`<li>${t("Tonight's amounts are written down already.")}</li>`}</ul>`;
}

function Move({ code, move, isFixed }) {
  const decided = personOf(code).progression?.[move.station] ?? null;
  const name = planned.value.stations.find(({ exercise }) => exercise === move.station)?.name ?? move.station;
  const say = (accepted, reason = null) => decideMove(code, move, accepted, reason);
  return html`<div role="group" aria-label=${name}>
    <p><b>${t("{name}: {from} → {to}", { name, from: sayStep(move, move.stay), to: sayStep(move, move) })}</b></p><p>${sayRule(move)}</p>
    <div class="pair">
      <button type="button" class="key" disabled=${isFixed} aria-pressed=${decided?.accepted === true} onClick=${() => say(true)}>${t("Accept")}</button>
      <button type="button" class="key" disabled=${isFixed} aria-pressed=${decided?.accepted === false} onClick=${() => say(false)}>${t("Stay at {from}", { from: sayStep(move, move.stay) })}</button>
    </div>
    ${decided?.accepted === false && !isFixed && html`<div class="chips three" role="group" aria-label=${t("Reason")}>
      ${DAY_REASONS().map(([reason, word]) => html`<button type="button" class="chip" aria-pressed=${decided.reason_chip === reason} onClick=${() => say(false, reason)}>${word}</button>`)}</div>`}
  </div>`;
}

function sayStep({ axis }, { band, name, amount, unit }) {
  if (axis === "type") return name;
  return axis === "band" ? bandWord(band) : sayAmount({ amount, unit });
}
