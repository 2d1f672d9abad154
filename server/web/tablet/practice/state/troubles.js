// Which troubles there are in this practice, and which are over: kept, so that a reload changes nothing.

import { signal } from "@preact/signals";
import { keep, readKept } from "../../shell/database.js";
import { makeChance, drawOne } from "../core/chance.js";
import { TROUBLES } from "../core/troubles.js";
import { choosePair } from "../core/women.js";
import { readNowMs } from "../shell/time.js";
import { contradict, findContradictable } from "./contradicting.js";
import { listComers, listWorn, isCircuit, world } from "./world.js";

/** @typedef {{nth: number, name: string, code: string|null, other: string|null, atMs: number,
 *   endMs: number|null, about: string|null}} Trouble `code`: whom it is about; `about`: the entry of it */

/** @type {import("@preact/signals").Signal<Trouble[]>} */
export const log = signal([]);

export const readTroubles = async (database) => void (log.value = (await readKept(database, "troubles")) ?? []);

export const isOpen = ({ endMs }) => endMs === null;
export const findOpen = (name, code = null) =>
  log.value.find((one) => one.name === name && isOpen(one) && (code === null || one.code === code || one.other === code)) ?? null;

const save = (next) => {
  log.value = next;
  return keep(world.database, "troubles", next);
};

/** Whoever has no trouble yet. */
const listFree = (codes) => codes.filter((code) => !log.value.some((one) => isOpen(one) && [one.code, one.other].includes(code)));

const CANDIDATES = {
  pod_off: () => listFree(listWorn()),
  contact_loss: () => listFree(listWorn()),
  battery_low: () => listFree(listWorn()),
  unwell: () => (isCircuit() ? listFree(listComers()) : []),
  effort_jump: () => (isCircuit() ? listFree(listComers()) : []),
  latecomer: () => (log.value.some(({ name }) => name === "latecomer") ? [] : [world.late]),
};

/** Whether it can begin now. @param {string} name */
export function canBegin(name) {
  if (name in CANDIDATES) return CANDIDATES[name]().length > 0;
  if (name === "contradiction") return findContradictable() !== null;
  if (name === "straps_swapped") return !log.value.some((one) => one.name === name) && listFree(world.codes).length > 2;
  return findOpen(name) === null;
}

/** @param {string} name of core/troubles.js */
export async function beginTrouble(name) {
  if (!canBegin(name)) return;
  const nth = log.value.length + 1;
  const about = name === "contradiction" ? await contradict() : null;
  const [code, other] = chooseWhom(name, makeChance(world.handed.seed + nth));
  await save([...log.value, { nth, name, code: about?.code ?? code, other, atMs: readNowMs(), endMs: null, about: about?.key ?? null }]);
}

function chooseWhom(name, chance) {
  const { concerns } = TROUBLES.find((one) => one.name === name);
  if (concerns === "pair") return choosePair(world.women, world.codes.filter((code) => code === world.late || !listFree([code]).length));
  return [concerns === "woman" && name in CANDIDATES ? drawOne(chance, CANDIDATES[name]()) : null, null];
}

/** What was done about it in the room. */
export const endTrouble = (nth) =>
  save(log.value.map((one) => (one.nth === nth && isOpen(one) ? { ...one, endMs: readNowMs() } : one)));
