// Whether two straps moved as if each hung on the other woman: everybody is at another station at a
// time, and stations differ in how much a trunk moves. Two who are always at the same station are told
// apart by nothing here. Pure.

import { median } from "./heart_median.js";

// A strap at rest measures about 5 mg of noise and breath: added, so that quiet stations, whose
// differences mean nothing, lie close together on the log scale.
const AT_REST_MG = 5;
const FEWEST_SLOTS = 5; // of each of the two, where they did different things
const FEWEST_WOMEN = 3; // at a station, for a middle that no single one decides
const ROUNDS_OF_FIT = 8; // two-way medians no longer move then
// Of log activity; what a slot told is never believed to be surer than this, however alike a quiet
// evening's women are: each does some exercise in her own way. Inferred.
const SMALLEST_SD = 0.35;
// One odd slot (she paused, somebody helped her) may say no more than this, in standard deviations.
const MOST_SD = 2.5;
// Log-likelihood by which swapped must fit better. Chosen on simulated evenings, see the README.
const CLEAR_GAIN = 4;

/** @typedef {{code: string, settled: boolean, slots: {slot: string, did: string, mg: number|null}[]}} Worn
 *   one woman since she has her strap: what she did in each finished slot, and its mean activity if it
 *   was heard; settled: nothing is asked about her strap any more */

/**
 * @param {Worn[]} women
 * @returns {{codes: [string, string], gain: number}[]} each woman once, the clearest pair first
 */
export function findSwaps(women) {
  const told = women.map(readLogs);
  const { middles, sd } = fitStations(told);
  const open = told.filter(({ settled }) => !settled);
  const pairs = open.flatMap((one, place) => open.slice(place + 1).map((other) =>
    ({ codes: [one.code, other.code], gain: computeGain(one, other, middles, sd) })));
  const named = new Set();
  return pairs.filter(({ gain }) => gain >= CLEAR_GAIN).sort((a, b) => b.gain - a.gain).filter(({ codes }) => {
    if (codes.some((code) => named.has(code))) return false;
    codes.forEach((code) => named.add(code));
    return true;
  });
}

/** What was asked stays until it is answered, or until one of the two fits somebody else better.
 * @template {{codes: string[]}} Doubt @param {Doubt[]} standing @param {Doubt[]} found @returns {Doubt[]} */
export function keepDoubts(standing, found) {
  const named = new Set(found.flatMap(({ codes }) => codes));
  return [...standing.filter(({ codes }) => !codes.some((code) => named.has(code))), ...found];
}

const readLogs = ({ code, settled, slots }) => ({
  code,
  settled,
  did: new Map(slots.map(({ slot, did }) => [slot, did])),
  logs: new Map(slots.filter(({ mg }) => mg !== null).map(({ slot, mg }) => [slot, Math.log(mg + AT_REST_MG)])),
});

/** Robust two-way fit, log activity = woman + station: Tukey's median polish (1977). */
function fitStations(told) {
  const cells = told.flatMap(({ code, did, logs }) => [...logs].map(([slot, log]) => ({ code, did: did.get(slot), log })));
  const byWoman = group(cells, ({ code }) => code);
  const byStation = new Map([...group(cells, ({ did }) => did)].filter(([, here]) =>
    new Set(here.map(({ code }) => code)).size >= FEWEST_WOMEN));
  const levels = new Map();
  const middles = new Map();
  for (let round = 0; round < ROUNDS_OF_FIT; round++) {
    for (const [code, hers] of byWoman) levels.set(code, median(hers.map(({ did, log }) => log - (middles.get(did) ?? 0))));
    for (const [did, here] of byStation) middles.set(did, median(here.map(({ code, log }) => log - levels.get(code))));
  }
  const errors = cells.filter(({ did }) => middles.has(did))
    .map(({ code, did, log }) => Math.abs(log - levels.get(code) - middles.get(did)));
  // 1.4826 × the median absolute deviation is a normal distribution's SD
  return { middles, sd: Math.max(SMALLEST_SD, errors.length === 0 ? 0 : 1.4826 * median(errors)) };
}

function group(items, nameOf) {
  const groups = new Map();
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item]);
  return groups;
}

/** How much likelier both sequences are with the straps the other way round; −∞ when too little is known. */
function computeGain(one, other, middles, sd) {
  const [first, second] = [pairUp(one, other, middles), pairUp(other, one, middles)];
  if (Math.min(first.length, second.length) < FEWEST_SLOTS) return -Infinity;
  const worse = (sets) => misfit(sets.map(({ log, own }) => log - own), sd) - misfit(sets.map(({ log, others }) => log - others), sd);
  return (worse(first) + worse(second)) / 2;
}

/** What her strap told where the two did different things; several rounds of one station are one. */
function pairUp({ did, logs }, { did: othersDid }, middles) {
  const sets = [...logs].map(([slot, log]) => ({ did: did.get(slot), othersDid: othersDid.get(slot), log }))
    .filter((set) => set.did !== set.othersDid && middles.has(set.did) && middles.has(set.othersDid));
  return [...group(sets, (set) => `${set.did} ${set.othersDid}`).values()].map((rounds) => ({
    log: rounds.reduce((sum, { log }) => sum + log, 0) / rounds.length,
    own: middles.get(rounds[0].did),
    others: middles.get(rounds[0].othersDid),
  }));
}

/** Sum of squares about her own level, in variances, with a bound on each. */
function misfit(errors, sd) {
  const level = median(errors);
  return errors.reduce((sum, error) => sum + Math.min(Math.abs(error - level) / sd, MOST_SD) ** 2, 0);
}
