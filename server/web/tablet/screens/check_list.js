// Only what is odd: sets that nobody saw, ratings that nobody gave, straps that were lost or are on
// two women, two tablets that disagree.

import { t, tn } from "/static/translate.js";
import { html } from "../html.js";
import { setAttendance } from "../state/attending.js";
import { enter } from "../state/entering.js";
import { draftNotAsked } from "../state/effort_acts.js";
import { participants, planned, state } from "../state/model.js";
import { personOf, signCode } from "../state/people.js";
import { openSheet } from "../state/ui.js";
import { ConflictCard } from "./conflict_card.js";
import { listStraps } from "./coverage_lines.js";
import { listOverlaps } from "./overlap_lines.js";

export function CheckList({ onDone }) {
  const odd = [...listOverlaps(), ...listAway(), ...listAssumed(), ...listUnrated(), ...listStraps(), ...listUnsettled()];
  const { conflicts } = state.value;
  return html`<section class="check-list" aria-label=${t("Check")}>
    <ul>
      ${conflicts.map((conflict) => html`<li key=${conflict.kind + conflict.about}><${ConflictCard} conflict=${conflict} /></li>`)}
      ${odd.map(({ sentence, fix, leave, choices = [] }) => html`<li class="odd"><p>${sentence}</p>
        ${choices.map(([word, choose]) => html`<button type="button" class="key" onClick=${choose}>${word}</button>`)}
        ${fix && html`<button type="button" class="key" onClick=${fix}>${t("Fix")}</button>`}
        ${leave && html`<button type="button" class="key" onClick=${leave}>${t("Leave so")}</button>`}</li>`)}
      ${odd.length + conflicts.length === 0 && html`<li class="odd"><p>${t("Nothing is odd.")}</p></li>`}
    </ul>
    <button type="button" class="done" onClick=${onDone}>${t("Go on")}</button>
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

function listAssumed() {
  const assumed = Object.values(state.value.people).flatMap(({ sets }) => Object.values(sets)).filter(({ evidence }) => evidence === "assumed");
  const byStation = Map.groupBy(assumed, ({ station }) => station);
  return [...byStation].sort(([a], [b]) => a - b).map(([station, sets]) => ({
    sentence: tn("{n} set assumed at station {station}, {name}", "{n} sets assumed at station {station}, {name}", sets.length,
      { station: station + 1, name: planned.value?.stations[station]?.name ?? "" }),
  }));
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
