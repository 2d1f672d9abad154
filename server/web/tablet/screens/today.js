// T2: one card for tonight, three lines, one button.

import { t, tn } from "/static/translate.js";
import { choosePlanned } from "../core/tonight.js";
import { formatDay } from "../core/words_of_day.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { newerWaits, useNewer } from "../shell/worker.js";
import { makeId } from "../state/entering.js";
import { startSession } from "../state/session_acts.js";
import { bundle, names, nowMs, planned, server } from "../state/model.js";
import { tonight as tonightNow } from "../state/tonight.js";
import { openSheet } from "../state/ui.js";
import { sayChanges } from "./changes_words.js";
import { PracticeKey } from "./practice_key.js";

export function Today({ shell }) {
  const evening = bundle.value;
  if (evening === null) {
    return html`<main class="today"><h1>${t("Today")}</h1>
      <p class="lead">${t("This tablet has no plan yet. Go near the Wi-Fi once and it comes by itself.")}</p></main>`;
  }
  const tonight = tonightNow.value;
  return html`<main class="today">
    <h1>${t("Today")}</h1>
    ${tonight ? html`<${Tonight} session=${tonight} />` : html`<${Nothing} evening=${evening} />`}
    ${server.value.reached === false && html`<p class="calm" role="status">${t("Plan from {day}, {time} on this tablet. You can go on.", sayWhen(evening.server_utc))}</p>`}
    <div class="actions">
      <button type="button" class="main-action" onClick=${() => startSession(shell, tonight?.id ?? null, makeId())}>
        ${!tonight ? t("Start an unplanned make-up") : tonight.state === "planned" ? t("Start room check") : t("Go on with the session")}
      </button>
      ${tonight && html`<a class="key wide" href=${`/sessions/${tonight.id}/sheet`} target="_blank" rel="noopener">${t("Print sheet")}</a>`}
      <button type="button" class="key wide" onClick=${() => openSheet("past")}>${t("Past sessions")}</button>
      <button type="button" class="key wide" onClick=${() => openSheet("connection")}>${t("Connection")}</button>
      <${PracticeKey} />
      ${newerWaits.value && html`<button type="button" class="key wide" onClick=${useNewer}>${t("Use the new version")}</button>`}
    </div>
  </main>`;
}

function Tonight({ session }) {
  const { people } = bundle.value;
  const made = choosePlanned(bundle.value);
  return html`<article class="tonight">
    <h2>${t("Session {n} of {all} · week {week} · {day}, {time}", { n: session.ordinal ?? "–", all: bundle.value.sessions.length, week: session.week, ...sayWhen(session.planned_start) })}</h2>
    <p>${tn("{n} person expected", "{n} people expected", people.length)}</p>
    ${bundle.value.plan_changed && html`<p class="calm">${t("This session was planned under another version of the plan than the one installed.")}</p>`}
    ${made && made.id !== session.id && html`<p class="calm" role="status">${t("The stations on this tablet are those of session {n}, {day}. Go near the Wi-Fi once and tonight's come by themselves.", { n: made.ordinal ?? "–", ...sayWhen(made.planned_start) })}</p>`}
    <dl>
      <dt>${t("What changes today")}</dt><dd>${planned.value ? sayChanges(bundle.value.prescriptions ?? {}) : t("No plan came with tonight's session.")}</dd>
      <dt>${t("Watch")}</dt><dd>${sayFlags(people)}</dd>
      <dt>${t("Room")}</dt><dd>${sayRoom(bundle.value.last_room ?? null)}</dd>
      <dt>${t("Circuit")}</dt><dd>${sayCircuit()}</dd>
      <dt>${t("Effort this week")}</dt><dd>${sayEffort()}</dd>
    </dl>
  </article>`;
}

function sayWhen(utc) {
  const ms = Date.parse(utc);
  return { day: formatDay(ms, document.documentElement.lang), time: formatClock(ms) };
}

function Nothing({ evening }) {
  const next = evening.sessions.filter(({ state, planned_start: start }) => state === "planned" && Date.parse(start) > nowMs.value)
    .sort((a, b) => a.planned_start.localeCompare(b.planned_start))[0];
  return html`<p class="lead">${t("No session planned today.")} ${next && t("Next: {day}, {time}.", sayWhen(next.planned_start))}</p>`;
}

function sayCircuit() {
  const plan = planned.value;
  if (!plan) return "–";
  const stations = tn("{n} station", "{n} stations", plan.stations.length);
  return t("{stations}, {rounds} rounds, rest {rest} s", { stations, rounds: plan.rounds, rest: plan.rest_s });
}

/** @param {{planned_start: string, temperature_c: number}|null} last */
function sayRoom(last) {
  if (last === null) return t("No earlier session has a temperature.");
  return t("Last time {n} °C ({day})", { n: last.temperature_c.toFixed(1), day: sayWhen(last.planned_start).day });
}

function sayFlags(people) {
  const words = { heat_sensitive: t("heat-sensitive"), hr_unreliable: t("heart rate unreliable") };
  const flagged = people.filter(({ flags }) => flags.length > 0);
  if (flagged.length === 0) return t("Nobody has a flag.");
  return flagged.map(({ code, sign, flags }) =>
    `${names.value[code] ?? sign} ${code}: ${flags.map((flag) => words[flag] ?? flag).join(", ")}`).join(" · ");
}

function sayEffort() {
  const effort = planned.value?.effort;
  if (!effort) return "–";
  const words = { "very low": t("very low"), low: t("low"), moderate: t("moderate") }; // others are the plan's own
  return t("{word}: {low} to {high} on {scale}", { word: words[effort.word] ?? effort.word, low: effort.accept[0], high: effort.accept[1],
    scale: bundle.value.effort.scale === "cr10" ? "CR10" : t("Borg 6–20") });
}
