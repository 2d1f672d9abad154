// The simulated women of this practice and where they stand: read from the app's own state, never told to it.

import { clock, participants, planned, state } from "../../state/model.js";
import { personOf, stationOf, strapOf, targetOf } from "../../state/people.js";
import { chooseLate, listStraps, makeWomen } from "../core/women.js";

const WALKS_MS = 2 * 60_000; // of the cool-down; then they sit

/** Set once, when the practice is opened. */
export const world = { database: null, handed: null, women: [], codes: [], late: null, straps: [] };

/** @param {import("idb").IDBPDatabase} database @param {import("../core/bundle.js").Handed} handed */
export function openWorld(database, handed) {
  const women = makeWomen(handed.seed, handed.signs);
  Object.assign(world, { database, handed, women, codes: women.map(({ code }) => code), late: chooseLate(women), straps: listStraps() });
}

const THERE = new Set(["present", "late", "back"]);
const isHere = (code) => THERE.has(personOf(code).attendance);
/** Who takes part now. */
export const listComers = () => world.codes.filter((code) => personOf(code).standing === "present");
/** Whose strap can have a trouble. */
export const listWorn = () => world.codes.filter((code) => isHere(code) && strapOf(code) !== null);
export const isCircuit = () => state.value.phase?.phase === "circuit";
export const isAtWork = () => clock.value.state === "running" && clock.value.kind === "work";

/** What she does at this moment, and how hard it is meant to be. @returns {import("../core/hearts.js").Doing} */
export function readDoing(code, nowMs) {
  const { phase = null, at = null } = state.value.phase ?? {};
  const borg = readBorg();
  if (phase === "warmup") return { what: "walk", exercise: null, borg };
  if (phase === "cooldown") return { what: nowMs - Date.parse(at) < WALKS_MS ? "walk" : "sit", exercise: null, borg };
  if (phase !== "circuit" || clock.value.state === "done") return { what: "sit", exercise: null, borg };
  const station = stationOf(code);
  const works = isAtWork() && personOf(code).standing === "present" && station !== null;
  return works ? { what: "work", exercise: targetOf(code, station)?.exercise ?? "", borg } : { what: "stand", exercise: null, borg };
}

/** The middle of the week's band, on 6 to 20. */
function readBorg() {
  const [low, high] = planned.value?.effort.accept ?? [10, 12];
  return (low + high) / 2;
}

/** On which strap each woman really is, whatever was entered. @param {[string, string]|null} swapped
 * @param {boolean} isLateHere @returns {Map<string, string>} serial -> code */
export function readStraps(swapped, isLateHere) {
  const known = new Set(participants.value.map(({ code }) => code));
  const own = new Map(world.women.map(({ code, strap }) => [code, strap]));
  if (swapped) own.set(swapped[0], usualOf(swapped[1])).set(swapped[1], usualOf(swapped[0]));
  const usual = new Set(own.values());
  const on = world.women.filter(({ code }) => (code !== world.late || isLateHere) && !hasTakenOff(code))
    .map(({ code }) => [known.has(code) && isSpare(strapOf(code), usual) ? strapOf(code) : own.get(code), code]);
  return new Map(on);
}

export const listUsual = () => Object.fromEntries(world.women.map(({ code, strap }) => [code, strap]));
export const usualOf = (code) => world.women.find((woman) => woman.code === code).strap;
const isSpare = (serial, usual) => serial !== null && !usual.has(serial);
const hasTakenOff = (code) => personOf(code).wearing.length > 0 && strapOf(code) === null;
