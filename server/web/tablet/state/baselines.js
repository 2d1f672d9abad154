// Her own resting and warm-up heart rate, taken quietly. One tablet takes each: the one that gave her
// the strap, the one that began the warm-up; so two tablets never disagree about a median.

import { formatUtc } from "../core/envelope.js";
import { makeNothing, summarise } from "../core/heart_median.js";
import { readNowMs } from "../shell/time.js";
import { draftFact, enter, may } from "./entering.js";
import { heartRates } from "./live.js";
import { participants, state, things } from "./model.js";
import { personOf, strapOf } from "./people.js";

export const SEATED_MS = 5 * 60_000; // ux T4: seated for five minutes on arrival
const SHORTEST_MS = 60_000; // a median of less says little
const SETTLING_MS = 2 * 60_000; // of these the first two aren't rest yet
export const SEATED_SHORTEST_MS = SETTLING_MS + SHORTEST_MS;
export const WARMUP_FROM_MS = 3 * 60_000; // ux T6: median of minutes 3 to 8
export const WARMUP_TO_MS = 8 * 60_000;

/** Called every few seconds. @param {string} device this tablet */
export function takeBaselines(device) {
  if (!may({ kind: "resting_hr" }) || state.value.closed) return;
  enter(() => participants.value.flatMap(({ code }) =>
    [...draftResting(code, device), ...draftWarmUp(code, device)]));
}

const isOurs = (event, device) => things.value.byId.get(event)?.device === device;

function draftResting(code, device) {
  if (state.value.phase?.phase !== "arrivals" || personOf(code).resting_hr !== null) return [];
  const wearing = personOf(code).wearing.findLast(({ until }) => until === null);
  if (!wearing || !isOurs(wearing.event, device)) return [];
  const fromMs = Date.parse(wearing.from);
  const ready = readNowMs() - fromMs >= SEATED_MS;
  return ready ? measure("resting_hr", code, fromMs + SETTLING_MS, fromMs + SEATED_MS) : [];
}

/** When the warm-up begins before her five minutes are over: what there is, or why there is nothing. */
export const draftEarlyRestings = () => participants.value.flatMap(({ code }) => {
  const wearing = personOf(code).wearing.findLast(({ until }) => until === null);
  if (!wearing || personOf(code).resting_hr !== null) return [];
  const [fromMs, nowMs] = [Date.parse(wearing.from) + SETTLING_MS, readNowMs()];
  if (nowMs - fromMs >= SHORTEST_MS) return measure("resting_hr", code, fromMs, nowMs);
  return draftFact("resting_hr", code, makeNothing("seated_too_short"));
});

function draftWarmUp(code, device) {
  const phase = state.value.phase;
  if (phase?.phase !== "warmup" || !isOurs(phase.event, device)) return [];
  const fromMs = Date.parse(phase.at);
  if (readNowMs() - fromMs < WARMUP_TO_MS || personOf(code).warmup_hr !== null) return [];
  return measure("warmup_hr", code, fromMs + WARMUP_FROM_MS, fromMs + WARMUP_TO_MS);
}

/** When the circuit begins before the eighth minute: what there is, with how much of it was heard. */
export function draftEarlyWarmUps() {
  const beganMs = Date.parse(state.value.phase.at);
  const nowMs = readNowMs();
  const isLong = nowMs - beganMs >= WARMUP_FROM_MS + SHORTEST_MS;
  return participants.value.filter(({ code }) => personOf(code).warmup_hr === null).flatMap(({ code }) =>
    isLong ? measure("warmup_hr", code, beganMs + WARMUP_FROM_MS, nowMs) : draftTooShort(code, beganMs, nowMs));
}

/** A latecomer's own: like everybody's it counts from its fourth minute, and not before her strap. */
export function draftOwnWarmUp(code, beganMs, endedMs) {
  const worn = personOf(code).wearing.findLast(({ until }) => until === null);
  if (!worn) return [];
  const fromMs = Math.max(beganMs + WARMUP_FROM_MS, Date.parse(worn.from));
  return endedMs - fromMs >= SHORTEST_MS ? measure("warmup_hr", code, fromMs, endedMs) : draftTooShort(code, beganMs, endedMs);
}

function draftTooShort(code, fromMs, toMs) {
  if (strapOf(code) === null) return [];
  const nothing = makeNothing("warmup_too_short");
  return draftFact("warmup_hr", code, { ...nothing, from: formatUtc(fromMs), to: formatUtc(toMs) });
}

function measure(kind, code, fromMs, toMs) {
  const strap = strapOf(code);
  if (strap === null) return [];
  const found = summarise(heartRates.get(strap) ?? [], fromMs, toMs);
  return draftFact(kind, code, { ...found, from: formatUtc(fromMs), to: formatUtc(toMs) });
}
