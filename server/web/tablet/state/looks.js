// Watches what asks for a look and no tap says: a heart that rises unlike hers, a trunk that keeps still
// at work. Only in memory: after a reload it begins anew with what is heard then.

import { effect } from "@preact/signals";
import { summarise } from "../core/heart_median.js";
import { stationInSlot } from "../core/rotation.js";
import { expectWorkS, movesTrunk, noteSecond } from "../core/stillness.js";
import { findOffered, UNITS } from "../core/targets.js";
import { findUnusualRise, OVER_S } from "../core/unusual_rise.js";
import { readNowMs } from "../shell/time.js";
import { feed, heartRates, listeners } from "./live.js";
import { clock, participants, planned } from "./model.js";
import { isHers, nameSlot, nameWorn } from "./movement.js";
import { wearingOf } from "./doubt.js";
import { cardOf, looks, personOf, rivals, setAt, targetOf } from "./people.js";

const SILENT_S = 3; // without a frame nothing is known of now
const rises = new Map(); // clock and wearing -> slot -> rise at the end of its work, bpm
const stillness = new Map(); // clock and wearing -> how long she has been still

export function watchLooks() {
  listeners.add((tiles, elapsedS) => show(findLooks(tiles, elapsedS)));
  effect(() => feed.value.ageS > SILENT_S && show({}));
}

function show(found) {
  if (JSON.stringify(found) !== JSON.stringify(looks.peek())) looks.value = found;
}

function findLooks(tiles, elapsedS) {
  const { state: going, segment, segments } = clock.value;
  if (!["running", "held"].includes(going) || segment === null) return {};
  const now = { ...segments[segment], ms: readNowMs(), isWork: going === "running" && clock.value.kind === "work" };
  now.intoS = now.seconds - (Date.parse(clock.value.ends_at) - now.ms) / 1000;
  const told = new Map(tiles.filter((tile) => isHers(tile, elapsedS)).map((tile) => [tile.strap, tile]));
  return Object.fromEntries(participants.value.flatMap(({ code }) => {
    const found = findStill(code, now, told) ?? findRise(code, now);
    return found === null ? [] : [[code, found]];
  }));
}

function findStill(code, now, told) {
  const worn = wearingOf(code);
  const work = worn && now.isWork && personOf(code).standing === "present" ? readWork(code, now) : null;
  if (work === null || !movesTrunk(work.exercise)) return null;
  const name = nameWorn(worn);
  const mg = told.get(worn.strap)?.activity_mg ?? null;
  const next = noteSecond(stillness.get(name) ?? null, { ...now, slot: nameSlot(now), workS: work.workS, mg });
  stillness.set(name, next);
  return next?.isStill ? { what: "still", values: { exercise: work.name } } : null;
}

/** What she does in this interval, as her tile says it, and how long her amount takes; null where she does
 * nothing. What was entered of it before may be of another exercise. */
function readWork(code, { round, slot }) {
  const station = stationAt(code, slot);
  const target = station === null ? null : targetOf(code, station);
  if (!target) return null;
  const set = readSet(code, station, round);
  if (set?.missing || set?.chips?.includes("skipped")) return null;
  const { unit, ...own } = findOffered(planned.value.stations[station], target.exercise);
  const { amount, unit: hers } = target.prescribed;
  const workS = expectWorkS({ ...own, unit: UNITS[unit] ?? unit }, amount, hers);
  return { exercise: target.exercise, name: target.name, workS };
}

function stationAt(code, slot) {
  const { direction, stations } = clock.value;
  const start = personOf(code).start_station;
  return start === null ? null : stationInSlot(start, direction, slot, stations.length);
}

/** What is known of her set there; nothing where she has none. */
const readSet = (code, station, round) => personOf(code).sets[setAt(code, station, round)?.name];

function findRise(code, now) {
  const worn = wearingOf(code);
  const person = personOf(code);
  const warmUp = person.warmup_hr?.bpm ?? null;
  const isKnown = worn && warmUp !== null && person.standing === "present";
  if (!isKnown || rivals.value[code] || cardOf(code)?.flags.includes("hr_unreliable")) return null;
  const { bpm } = summarise(heartRates.get(worn.strap) ?? [], now.ms - OVER_S * 1000, now.ms + 1);
  const rise = bpm === null ? null : bpm - warmUp;
  const name = nameWorn(worn);
  if (!rises.has(name)) rises.set(name, new Map());
  const found = findUnusualRise(rise, listEarlier(code, rises.get(name), nameSlot(now)));
  if (rise !== null && now.isWork && now.intoS >= OVER_S) rises.get(name).set(nameSlot(now), rise);
  return found && { what: "rise", values: found };
}

/** At the end of each other interval that she worked in. */
function listEarlier(code, own, current) {
  return [...own].filter(([slot]) => slot !== current && !isMissed(code, slot)).map(([, rise]) => rise);
}

function isMissed(code, name) {
  const [round, slot] = name.split("/").map(Number);
  const set = readSet(code, stationAt(code, slot), round);
  return Boolean(set?.missing) || Boolean(set?.chips?.includes("skipped"));
}
