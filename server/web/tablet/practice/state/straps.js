// One live frame for each second of the practice: hearts go on from second to second, troubles lie over them.

import { drawMovement, stepHeart } from "../core/hearts.js";
import { makeChance } from "../core/chance.js";
import { makeFrame, makeTile } from "../core/tiles.js";
import { readKnockS } from "./knocking.js";
import { findOpen, log } from "./troubles.js";
import { readDoing, readStraps, usualOf, world } from "./world.js";

const hearts = new Map(); // code -> {bpm, ms}
let number = 0;

/** @param {number} nowMs UTC of the practice @returns {object|null} null: no Wi-Fi, nothing comes */
export function readFrame(nowMs) {
  number += 1;
  const chance = makeChance(world.handed.seed + number);
  const beating = new Map(world.women.map((woman) => [woman.code, beat(woman, nowMs, chance)]));
  if (findOpen("server_away") !== null) return null;
  const swap = log.value.find(({ name, endMs }) => name === "straps_swapped" && endMs === null);
  const on = readStraps(swap ? [swap.code, swap.other] : null, log.value.some(({ name }) => name === "latecomer"));
  const silentMs = findOpen("kill_gateway")?.atMs ?? null;
  const tiles = world.straps.map((strap) => {
    const code = on.get(strap.serial) ?? null;
    return makeTile(strap, beating.get(code) ?? null, readTrouble(code, strap.serial, silentMs, nowMs), nowMs);
  });
  return makeFrame(number, tiles, silentMs, nowMs);
}

function beat(woman, nowMs, chance) {
  const doing = readDoing(woman.code, nowMs);
  const before = hearts.get(woman.code) ?? null;
  const bpm = stepHeart(before?.bpm ?? null, doing, woman, before === null ? 0 : (nowMs - before.ms) / 1000);
  hearts.set(woman.code, { bpm, ms: nowMs });
  return { bpm: bpm + chance() * 2 - 1, mg: drawMovement(doing, woman, chance) };
}

/** A strap that fell off stays silent, whatever she wears instead. */
function readTrouble(code, serial, silentMs, nowMs) {
  const fallen = log.value.find((one) => one.name === "pod_off" && one.endMs === null && usualOf(one.code) === serial);
  return {
    sinceMs: fallen?.atMs ?? silentMs,
    isGateway: !fallen && silentMs !== null,
    isLoose: code !== null && findOpen("contact_loss", code) !== null,
    isLow: code !== null && findOpen("battery_low", code) !== null,
    knockS: readKnockS(code, nowMs),
  };
}
