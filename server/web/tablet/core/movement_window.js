// How much each strap moved in each slot's work, as it came, without the walk to the station. Pure.

export const WALKING_THERE_S = 5; // from one station to the next, and picking up the band
const NEEDED = 0.5; // share of a slot's seconds that must have been heard

/** @typedef {Map<string, {ms: number, n: number, sumMg: number}>} Slots of one strap on one woman */

/** @param {Slots} slots changed in place: a value a second, of fifteen straps
 * @param {{slot: string, intoS: number, ms: number, mg: number}} value activity, seconds into the work */
export function addActivity(slots, { slot, intoS, ms, mg }) {
  if (intoS < WALKING_THERE_S) return;
  const before = slots.get(slot) ?? { ms: -Infinity, n: 0, sumMg: 0 };
  if (ms - before.ms < 500) return; // the same second told twice
  slots.set(slot, { ms, n: before.n + 1, sumMg: before.sumMg + mg });
}

/** Mean activity in a slot's work, mg; null when too little was heard. */
export function meanActivity(slots, slot, seconds) {
  const heard = slots?.get(slot);
  const enough = heard !== undefined && heard.n >= NEEDED * Math.max(1, seconds - WALKING_THERE_S);
  return enough ? heard.sumMg / heard.n : null;
}
