// Fifteen simulated women: nobody is like them in the study, by sign, code or strap. Pure.

import { drawBetween, drawNormal, makeChance } from "./chance.js";

export const N_WOMEN = 15;
const N_SPARE = 2;
// Things of a play, short enough for a tile and more than are needed: what a participant has is left out.
const SIGNS = ["Bell", "Cup", "Drum", "Fan", "Gong", "Harp", "Kite", "Lamp", "Mask", "Net", "Oar", "Pipe", "Rope",
  "Sail", "Top", "Urn", "Veil", "Bow", "Cap", "Flag", "Hat", "Jug", "Key", "Lute", "Mug", "Pan", "Reed", "Saw",
  "Tent", "Vase"];
const EARLIER = 4; // sessions with a resting heart rate
const FROM_DAY_TO_DAY_BPM = 4;

/** A participant's is a P and digits (protocol/identifiers.py): the server takes none of these. */
const nameCode = (place) => `X${pad(place + 1)}`;
const pad = (number) => String(number).padStart(2, "0");
/** No sensor has such a number printed on it. */
const nameStrap = (place) => `PRACTICE-${pad(place + 1)}`;

/** @param {string[]} taken signs of participants @returns {string[]} as many as women */
export function chooseSigns(taken) {
  const theirs = new Set(taken.map((sign) => sign.toLowerCase()));
  return SIGNS.filter((sign) => !theirs.has(sign.toLowerCase())).slice(0, N_WOMEN);
}

/**
 * Hearts as firmware_sim/physiology/kinetics.py draws them, with resting rates somewhat further apart.
 * @typedef {{code: string, sign: string, strap: string, restBpm: number, peakBpm: number, riseS: number,
 *   fallS: number, effortBias: number, moves: number, history: number[], flags: string[]}} Woman
 * @param {number} seed @param {string[]} signs @returns {Woman[]}
 */
export function makeWomen(seed, signs) {
  const chance = makeChance(seed);
  return signs.map((sign, place) => {
    const restBpm = Math.round(Math.min(92, Math.max(54, drawNormal(chance, 72, 9))));
    return {
      code: nameCode(place),
      sign,
      strap: nameStrap(place),
      restBpm,
      peakBpm: Math.round(208 - 0.7 * drawBetween(chance, 30, 55) - drawBetween(chance, 0, 20)),
      riseS: drawBetween(chance, 40, 65),
      fallS: drawBetween(chance, 50, 90),
      effortBias: drawBetween(chance, -1, 1),
      moves: drawBetween(chance, 0.75, 1.3),
      history: Array.from({ length: EARLIER }, () => Math.round(drawNormal(chance, restBpm, FROM_DAY_TO_DAY_BPM))),
      flags: place === 1 ? ["heat_sensitive"] : [],
    };
  });
}

/** All straps of the practice, two of them on nobody. @returns {{serial: string, label: string, model: string}[]} */
export const listStraps = () => Array.from({ length: N_WOMEN + N_SPARE }, (_, place) =>
  ({ serial: nameStrap(place), label: pad(place + 1), model: "h10" }));

/** Who isn't there when the others come. @param {Woman[]} women */
export const chooseLate = (women) => women.at(-2)?.code ?? null;

/** The two whose hearts are furthest apart: whose swapped straps a tablet can tell. @param {Woman[]} women
 * @returns {[string, string]} */
export function choosePair(women, without = []) {
  const order = women.filter(({ code }) => !without.includes(code)).sort((one, other) => one.restBpm - other.restBpm);
  return [order.at(0).code, order.at(-1).code];
}
