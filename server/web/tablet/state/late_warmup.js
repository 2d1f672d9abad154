// A latecomer's own short warm-up: a hold with its reason, so that no set of hers is assumed and no
// stillness asks for a look; its end is a person's tap, which tells her in and takes her heart rate.

import { computed, effect } from "@preact/signals";
import { activeAt } from "../core/fold/clock.js";
import { findEntry } from "../core/late_entry.js";
import { findComing, findWarmUp } from "../core/late_warmup.js";
import { listHolding } from "../core/holding.js";
import { SHORT_WARM_UP } from "../core/short_warm_up.js";
import { readNowMs } from "../shell/time.js";
import { draftResume } from "./attendance.js";
import { draftStation } from "./attending.js";
import { draftOwnWarmUp } from "./baselines.js";
import { enter, readNowUtc } from "./entering.js";
import { nowMs, participants, planned, runNow, setsPlannedFor, state, things } from "./model.js";
import { personOf, targetOf, warming } from "./people.js";

export const lengthMs = () => (planned.value?.minutes.late_warmup ?? 0) * 60_000;
const groupsMs = () => (planned.value?.minutes.warmup ?? 0) * 60_000;

const isWarmUp = ({ kind, id }) => kind === "person_held" && things.value.byId.get(id).value.why === SHORT_WARM_UP;
const isHeldForIt = (code) => personOf(code).standing === "held" && listHolding(things.value, code).every(isWarmUp);

/** While that and nothing else keeps her: when it began. @returns {number|null} UTC ms */
function readBegun(code) {
  const last = isHeldForIt(code) ? findWarmUp(things.value, code) : null;
  return last?.ending === null ? last.beganMs : null;
}

const begun = computed(() => participants.value.flatMap(({ code }) => {
  const beganMs = readBegun(code);
  return beganMs === null ? [] : [[code, beganMs + lengthMs()]];
}));

/** Tiles hear who warms up, and that it is over. */
export const watchWarmUps = () => effect(() => {
  const next = Object.fromEntries(begun.value.map(([code, endsMs]) => [code, { endsMs, isOver: nowMs.value >= endsMs }]));
  if (JSON.stringify(next) !== JSON.stringify(warming.peek())) warming.value = next;
});

/** @typedef {{stage: "offered"|"warming"|"in"|"broken", isOffered: boolean, goneMs: number|null,
 *   warmUp: object|null}} Late `warmUp`: her last one since she came, as findWarmUp has it */

/** What can be said to somebody who came when the circuit ran. @returns {Late|null} null: she didn't */
export function readLate(code) {
  const startedAt = state.value.clock.started_at;
  const coming = startedAt === null ? null : findComing(things.value, code, Date.parse(startedAt), groupsMs());
  if (warming.value[code]) return { stage: "warming", isOffered: false, goneMs: coming?.goneMs ?? null, warmUp: null };
  if (coming === null) return null;
  const last = findWarmUp(things.value, code);
  const warmUp = last !== null && last.beganMs >= coming.cameMs ? last : null;
  const about = { isOffered: mayWarmUp(code, coming.cameMs), goneMs: coming.goneMs, warmUp };
  if (warmUp === null) return about.isOffered ? { stage: "offered", ...about } : null;
  if (warmUp.ending === null) return null; // she doesn't take part any more
  return warmUp.ending === "told_in" ? { stage: "in", ...about, isOffered: false } : { stage: "broken", ...about };
}

const mayWarmUp = (code, cameMs) => state.value.clock.state !== "done" &&
  (personOf(code).standing === "present" || isHeldForIt(code)) && !hasWorked(code, cameMs);

/** Whether there is a set of hers that wasn't over when she came. */
function hasWorked(code, cameMs) {
  const run = runNow();
  const { sets } = personOf(code);
  return setsPlannedFor(code).some(({ name, index }) =>
    (sets[name]?.evidence ?? null) !== null && run.segments[index].endMs > activeAt(run, cameMs));
}

export const hasStation = (code) => personOf(code).start_station !== null;
export const giveStation = (code, text) => enter(() => (hasStation(code) ? [] : [draftStation(code)]), text);

/** @param {number} readyMs @returns {{n: number, name: string, beginsMs: number}|null} her named station */
export function nameEntry(code, readyMs) {
  const start = personOf(code).start_station;
  const entry = start === null ? null : findEntry(state.value.clock, start, readyMs, nowMs.value);
  return entry && { n: entry.station + 1, name: targetOf(code, entry.station)?.name ?? "", beginsMs: entry.beginsMs };
}

/** Also again, while what was broken off still holds her. */
export const beginWarmUp = (code, text) => enter(() => (readLate(code)?.isOffered
  ? [{ kind: "person_held", about: code, value: { at: readNowUtc(), why: SHORT_WARM_UP } }] : []), text);

/** In at her station: her sets count from now on, and her warm-up was what it was. A warm-up heart rate
 * that she has from before she went stays hers. */
export const tellIn = (code, text) => enter(() => {
  const beganMs = readBegun(code);
  if (beganMs === null) return [];
  const endedMs = Math.min(readNowMs(), beganMs + lengthMs());
  const isKnown = (personOf(code).warmup_hr?.bpm ?? null) !== null;
  return [draftResume(code), ...(isKnown ? [] : draftOwnWarmUp(code, beganMs, endedMs))];
}, text);

/** Whether a strap was on her at a moment. */
export const woreStrap = (code, atMs) => personOf(code).wearing.some(({ from, until }) =>
  Date.parse(from) <= atMs && (until === null || Date.parse(until) > atMs));
