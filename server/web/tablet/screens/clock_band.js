// The clock, 112 px: how long to the next change, what comes then, +15 s and Hold all.

import { t } from "/static/translate.js";
import { formatCountdown, formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { clock as steadyClock, nowMs, state } from "../state/model.js";
import { extend, holdAll, resumeAll } from "../state/clock_acts.js";
import { lazy } from "./lazy.js";
import { useMeant, useSteady } from "./meant.js";

const Why = lazy(() => import("./hold_why.js"), "Why", true);

export function ClockBand() {
  const clock = steadyClock.value;
  const [settled, meant] = useMeant(clock.state);
  const isSteady = useSteady(clock.segment);
  const rounds = Math.max(0, ...clock.segments.filter((s) => !s.cut).map((s) => s.round));
  return html`<section class="band" aria-label=${t("Timer")} data-state=${clock.state} data-kind=${clock.kind}>
    <h1>${clock.round !== null ? t("Round {n} of {all}", { n: clock.round, all: rounds }) : t("Circuit")}<small>${sayNow(clock)}</small></h1>
    <${Digits} />
    ${clock.state === "held" ? html`<${Why} key=${clock.held_since} />` : html`<p class="next">${sayNext(clock)}</p>`}
    ${clock.state === "running" && html`
      <button type="button" class="key" onClick=${() => isSteady() && extend(clock.segment, 15, t("15 seconds more"))}>${t("+15 s")}</button>
      <button type="button" class="key" aria-disabled=${!settled} onClick=${meant(() => holdAll(t("The clock is held for all")))}>${t("Hold all")}</button>`}
    ${clock.state === "held" && html`<button type="button" class="main-action" aria-disabled=${!settled} onClick=${meant(resumeAll)}>${t("Go on")}</button>`}
  </section>`;
}

/** Only this repaints four times a second. */
function Digits() {
  const { clock } = state.value;
  const left = clock.ends_at === null ? clock.remaining_ms : Date.parse(clock.ends_at) - nowMs.value;
  const soon = clock.state === "running" && left <= 10_000;
  return html`<span class="clock" role="timer" data-soon=${soon}>${clock.state === "done" ? t("Done") : formatCountdown(left)}</span>`;
}

function sayNow(clock) {
  if (clock.state === "done") return t("All rounds are done");
  if (clock.state === "held") return t("Held. Recording goes on");
  if (clock.kind === "work") return t("Station change in");
  return clock.kind === "rest" ? t("Rest. Begin in") : t("Change. Begin in");
}

function sayNext(clock) {
  if (clock.state === "done") return t("Effort, then cool-down");
  const left = clock.segments.filter((s) => !s.cut && s.index > clock.segment);
  const [next, then] = left;
  const own = clock.segments[clock.segment];
  const length = formatElapsed((own?.seconds ?? 0) * 1000);
  if (!next) return t("Next: the circuit is over");
  if (next.kind !== "work") {
    const rest = formatElapsed(next.seconds * 1000);
    return then ? t("Next: rest {rest}, then rotate →", { rest }) : t("Next: rest {rest}", { rest });
  }
  return t("Next: work {work}. This rest {length}", { work: formatElapsed(next.seconds * 1000), length });
}
