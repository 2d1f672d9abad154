// T7: the live circuit. Clock on top, people in the middle, the keys under the thumb.

import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { bundle, clock, participants } from "../state/model.js";
import { feed } from "../state/live.js";
import { cutRounds, enterPhase } from "../state/clock_acts.js";
import { canBeAsked, personOf } from "../state/people.js";
import { openSheet, sheet, view } from "../state/ui.js";
import { formatClock } from "../core/words_of_time.js";
import { ClockBand } from "./clock_band.js";
import { PersonTile } from "./person_tile.js";
import { lazy } from "./lazy.js";
import { useMeant } from "./meant.js";
import { StopButton } from "./stop_button.js";
import { TileGrid } from "./tile_grid.js";

const PersonDrawer = lazy(() => import("./person_drawer.js"), "PersonDrawer");
const Stations = lazy(() => import("./stations.js"), "Stations");
const SILENT_AFTER_S = 10;

export function Circuit() {
  useSweepInRests();
  const codes = participants.value.map(({ code }) => code);
  return html`<main class="circuit">
    <${ClockBand} />
    <div class="middle">
      <${NoSensors} />
      ${view.value === "stations" ? html`<${Stations} codes=${codes} />`
        : html`<${TileGrid} codes=${codes} Tile=${PersonTile} Drawer=${PersonDrawer} />`}
    </div>
    <footer class="bar">
      <button type="button" class="key" onClick=${() => (view.value = view.value === "tiles" ? "stations" : "tiles")}>
        ${view.value === "tiles" ? t("Stations") : t("Tiles")}</button>
      <button type="button" class="key" onClick=${() => openSheet("effort", { round: roundToAsk() })}>${t("Effort (RPE)")}</button>
      <button type="button" class="key" onClick=${() => openSheet("note")}>${t("Note")}</button>
      <${Later} />
      <${StopButton} />
    </footer>
  </main>`;
}

function Later() {
  const now = clock.value;
  const rounds = Math.max(1, ...now.segments.filter((s) => !s.cut).map((s) => s.round));
  const [settled, meant] = useMeant(`${rounds} ${now.state}`);
  if (now.state === "done") {
    const n = listLeft(rounds).length;
    return html`<button type="button" class="main-action" aria-disabled=${!settled} onClick=${meant(() => enterPhase("cooldown"))}>${n > 0 ? t("Cool-down: {n} not asked", { n }) : t("Cool-down")}</button>`;
  }
  if (rounds <= (now.round ?? 1)) return null;
  return html`<button type="button" class="key" aria-disabled=${!settled} onClick=${meant(() => cutRounds(rounds - 1, t("Round {n} is cut", { n: rounds })))}>${t("Cut last round")}</button>`;
}

function NoSensors() {
  const { phase, ageS, sinceWall } = feed.value;
  if (phase === "live" && ageS < SILENT_AFTER_S) return null;
  if (sinceWall === null) return null; // none were there from the start: running without is a full mode
  return html`<p class="no-sensors" role="status">${t("No sensor data since {time}. Sets are safe. The gateway keeps its own copy.", { time: formatClock(sinceWall) })}</p>`;
}

/** The round whose effort is asked now: the one that runs, or the last one. */
export function roundToAsk() {
  const now = clock.value;
  return now.round ?? Math.max(1, ...now.segments.filter((s) => !s.cut).map((s) => s.round));
}

/** The sweep opens by itself in the rest that the evening's rotation names for the round, and once more
 * at the round's end for whoever is left. */
function useSweepInRests() {
  const before = useRef(null);
  useSignalEffect(() => {
    const now = clock.value;
    const was = before.current;
    before.current = now;
    if (was?.kind !== "work" || sheet.peek() !== null) return;
    if (now.kind !== "rest" && now.state !== "done") return;
    if (isAskedAfter(was.round, was.slot) || (isLastSlot(was) && listLeft(was.round).length > 0)) openSheet("effort", { round: was.round });
  });
}

const isAskedAfter = (round, slot) => bundle.value?.rotation?.asked_after[round - 1] === slot;
const listLeft = (round) => participants.value.filter(({ code }) => canBeAsked(code) && !personOf(code).rpe[round]);
const isLastSlot = (clock) => clock.slot === clock.stations.length;
