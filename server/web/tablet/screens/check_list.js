// Only what is odd: sets that nobody saw, ratings that nobody gave, straps that were lost or are on
// two women, two tablets that disagree.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { setAttendance } from "../state/attending.js";
import { enter } from "../state/entering.js";
import { draftNotAsked } from "../state/effort_acts.js";
import { participants, state } from "../state/model.js";
import { personOf, signCode } from "../state/people.js";
import { openSheet } from "../state/ui.js";
import { listAssumed } from "./assumed_lines.js";
import { AssumedSets } from "./assumed_sets.js";
import { ConflictCard } from "./conflict_card.js";
import { listStraps } from "./coverage_lines.js";
import { useMeant } from "./meant.js";
import { listOverlaps } from "./overlap_lines.js";
import { PastSwap } from "./past_swap.js";
import { SetsTonight } from "./sets_tonight.js";

export function CheckList({ onDone }) {
  const [fixing, setFixing] = useState(null);
  const back = () => setFixing(null);
  const [settled] = useMeant(fixing); // where the way back was
  if (fixing?.sets) return html`<${SetsTonight} onDone=${back} />`;
  if (fixing?.station !== undefined) return html`<${AssumedSets} station=${fixing.station} onDone=${back} />`;
  if (fixing) return html`<${MendStrap} code=${fixing.code} onDone=${back} />`;
  return html`<section class="check-list" aria-label=${t("Check")}>
    <${Lines} odd=${listAll(setFixing)} />
    <div class="pair" inert=${!settled}>
      <button type="button" class="key" onClick=${() => setFixing({ sets: true })}>${t("Somebody's sets tonight")}</button>
      <button type="button" class="done" onClick=${onDone}>${t("Go on")}</button>
    </div>
  </section>`;
}

const listAll = (open) => [...listOverlaps(), ...listAway(), ...listAssumed((station) => open({ station })), ...listUnrated(),
  ...listStraps((code) => open({ code })), ...listUnsettled()];

/** A line that goes draws the next one under the finger: its keys wait. */
function Lines({ odd }) {
  const { conflicts } = state.value;
  const [settled, meant] = useMeant(odd.map(({ sentence }) => sentence).join());
  const key = (word, act) => html`<button type="button" class="key" aria-disabled=${!settled} onClick=${meant(act)}>${word}</button>`;
  return html`<ul>
    ${conflicts.map((conflict) => html`<li key=${conflict.kind + conflict.about}><${ConflictCard} conflict=${conflict} /></li>`)}
    ${odd.map(({ sentence, fix, leave, choices = [] }) => html`<li class="odd" key=${sentence}><p>${sentence}</p>
      ${choices.map(([word, choose]) => key(word, choose))}
      ${fix && key(t("Fix"), fix)}${leave && key(t("Leave so"), leave)}</li>`)}
    ${odd.length + conflicts.length === 0 && html`<li class="odd"><p>${t("Nothing is odd.")}</p></li>`}
  </ul>`;
}

/** A strap that was lost may have been on another woman. */
function MendStrap({ code, onDone }) {
  const [settled] = useMeant(code);
  return html`<section class="assumed-sets" inert=${!settled} aria-label=${t("Straps were swapped")}>
    <h2>${signCode(code)}</h2>
    <div class="one-set"><${PastSwap} code=${code} onDone=${onDone} /></div>
    <button type="button" class="done" onClick=${onDone}>${t("Back to the list")}</button>
  </section>`;
}

/** Whoever went out and wasn't seen since: the record should say where she is. */
function listAway() {
  const away = participants.value.map(({ code }) => code).filter((code) => personOf(code).attendance === "away");
  return away.map((code) => {
    const who = signCode(code);
    const say = (status, word) => [word, () => setAttendance(code, status, `${who}: ${word}`)];
    return { sentence: t("{who} is still away.", { who }), choices: [say("back", t("She is here")), say("left", t("Went home"))] };
  });
}

function listUnrated() {
  const rounds = [...new Set(state.value.clock.segments.filter((s) => !s.cut).map((s) => s.round))];
  return rounds.flatMap((round) => {
    const codes = participants.value.map(({ code }) => code).filter((code) =>
      personOf(code).rpe[round] === undefined && Object.values(personOf(code).sets).some((set) => set.round === round && !set.missing));
    if (codes.length === 0) return [];
    return [{
      sentence: t("No effort for round {n}: {who}", { n: round, who: codes.map(signCode).join(", ") }),
      fix: () => openSheet("effort", { round }),
      leave: () => enter(() => draftNotAsked(codes, round), t("{n} not asked", { n: codes.length })),
    }];
  });
}

function listUnsettled() {
  return Object.entries(state.value.events).filter(([, event]) => event.settled_at === null || event.serious === null)
    .map(([id, event]) => ({
      sentence: t("{who}: an event isn't finished", { who: signCode(event.participant) }),
      fix: () => openSheet("event", { code: event.participant, event: id }),
    }));
}
