// What was asked and what was done, in words and without a mark: on this tablet alone, and to print.

import { t, tn } from "/static/translate.js";
import { formatElapsed } from "../../core/words_of_time.js";
import { html } from "../../html.js";
import { counts, state } from "../../state/model.js";
import { signCode } from "../../state/people.js";
import { scoreEvening } from "../core/score.js";
import { readScore } from "../state/scoring.js";
import { sayTrouble, sayWhom } from "./trouble_words.js";

export function Score({ onClose }) {
  const troubles = readScore();
  return html`<div class="sheet-head"><h2>${t("What was asked, and what you did")}</h2>
      <button type="button" class="key close" aria-label=${t("Close")} onClick=${onClose}>${"✕"}</button></div>
    <div class="practice-score">
      <h3>${t("Troubles")}</h3>
      ${troubles.length === 0 ? html`<p>${t("None was chosen.")}</p>` : html`<ul>${troubles.map((one) => html`<li key=${one.nth}><${Row} row=${one} /></li>`)}</ul>`}
      <h3>${t("The evening")}</h3>
      <ul>${sayEvening(scoreEvening(state.value)).map((line) => html`<li>${line}</li>`)}</ul>
    </div>
    <button type="button" class="key wide" onClick=${() => print()}>${t("Print this list")}</button>`;
}

function Row({ row }) {
  const { name, happens } = sayTrouble(row.name, sayWhom(row));
  return html`<b>${name}</b><p>${happens}</p><p>${sayAnswer(row)}</p>`;
}

const LEFT = {
  unwritten: () => t("It wasn't written down as an event."),
  wrong_straps: () => t("The record still has each other's strap on them."),
};

function sayAnswer({ name, asks, afterMs, meanwhile, left }) {
  const time = formatElapsed(afterMs ?? 0);
  if (!asks) return t("It asked for nothing tonight.");
  if (name === "server_away") {
    return [tn("{n} entry was made while it was away.", "{n} entries were made while it was away.", meanwhile),
      afterMs === null ? t("It is still away.") : t("It was back after {time}.", { time }),
      counts.value.waiting === 0 ? t("Everything is sent.") : t("{n} wait to be sent.", { n: counts.value.waiting })].join(" ");
  }
  const done = afterMs === null ? t("Nothing was done about it yet.") : t("Something was done about it after {time}.", { time });
  return left === null ? done : `${done} ${LEFT[left]()}`;
}

function sayEvening({ effortsMissing, seen, assumed, missed, noStrap, noReadiness, conflicts, entries: n }) {
  return [
    ...effortsMissing.map(({ round, codes }) => t("Round {n}: no effort of {who}.", { n: round, who: sayAll(codes) })),
    ...(effortsMissing.length === 0 ? [t("No effort of a finished round is missing.")] : []),
    t("Sets: {seen} seen, {assumed} left assumed, {missed} missed.", { seen, assumed, missed }),
    noStrap.length === 0 ? t("Everybody who came had a strap.") : t("Never had a strap: {who}.", { who: sayAll(noStrap) }),
    noReadiness.length === 0 ? t("Everybody who came was asked how she is.") : t("Wasn't asked how she is: {who}.", { who: sayAll(noReadiness) }),
    ...(conflicts > 0 ? [tn("{n} question between two tablets is still open.", "{n} questions between two tablets are still open.", conflicts)] : []),
    tn("{n} entry was practised. It stays here until you leave.", "{n} entries were practised. They stay here until you leave.", n),
  ];
}

const sayAll = (codes) => codes.map(signCode).join(", ");
