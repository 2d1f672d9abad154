// A latecomer's own short warm-up: a hold with its reason, so that no set of hers is assumed and no
// stillness asks for a look; its end is a person's tap, which tells her in and takes her heart rate.

import { computed, effect } from "@preact/signals";
import { findEntry } from "../core/late_entry.js";
import { listHolding } from "../core/holding.js";
import { readNowMs } from "../shell/time.js";
import { draftResume, holdPerson } from "./attendance.js";
import { draftOwnWarmUp } from "./baselines.js";
import { enter } from "./entering.js";
import { nowMs, participants, planned, state, things } from "./model.js";
import { personOf, targetOf, warming } from "./people.js";

const WHY = "short warm-up"; // in the record, as the reason of her hold

export const lengthMs = () => (planned.value?.minutes.late_warmup ?? 0) * 60_000;

const isWarmUp = ({ kind, id }) => kind === "person_held" && things.value.byId.get(id).value.why === WHY;

/** While that and nothing else keeps her: when it began. @returns {number|null} UTC ms */
function readBegun(code) {
  const holding = personOf(code).standing === "held" ? listHolding(things.value, code) : [];
  if (holding.length === 0 || !holding.every(isWarmUp)) return null;
  return Date.parse(things.value.byId.get(holding[0].id).value.at);
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

const wasWarmedUp = (code) => things.value.all.some(({ kind, about, shown }) =>
  kind === "person_held" && about === code && shown?.value.why === WHY);

/** What can be said to a latecomer now. @returns {"offered"|"warming"|"in"|null} null: she is none */
export function readLate(code) {
  const { attendance, since, standing, sets } = personOf(code);
  const { started_at: startedAt, state: going } = state.value.clock;
  if (warming.value[code]) return "warming";
  if (attendance !== "late" || startedAt === null || since < startedAt) return null;
  if (wasWarmedUp(code)) return "in";
  const began = Object.values(sets).some(({ evidence }) => evidence !== null);
  return going === "done" || standing !== "present" || began ? null : "offered";
}

/** @param {number} readyMs @returns {{n: number, name: string, beginsMs: number}|null} her named station */
export function nameEntry(code, readyMs) {
  const start = personOf(code).start_station;
  const entry = start === null ? null : findEntry(state.value.clock, start, readyMs, nowMs.value);
  return entry && { n: entry.station + 1, name: targetOf(code, entry.station)?.name ?? "", beginsMs: entry.beginsMs };
}

export const beginWarmUp = (code, text) => holdPerson(code, WHY, text);

/** In at her station: her sets count from now on, and her warm-up was what it was. */
export const tellIn = (code, text) => enter(() => {
  const beganMs = readBegun(code);
  if (beganMs === null) return [];
  const endedMs = Math.min(readNowMs(), beganMs + lengthMs());
  return [draftResume(code), ...draftOwnWarmUp(code, beganMs, endedMs)];
}, text);
