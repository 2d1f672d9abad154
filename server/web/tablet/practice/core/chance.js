// Chance that a seed decides: the same practice again for the same number. Pure.

/** Mulberry32 (T. Ettinger, public domain). @param {number} seed @returns {() => number} from 0 to under 1 */
export function makeChance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns {number} normally distributed (Box & Muller 1958) */
export const drawNormal = (chance, mean, sd) =>
  mean + sd * Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export const drawBetween = (chance, low, high) => low + chance() * (high - low);

/** @template T @param {T[]} all @returns {T|null} null of nothing */
export const drawOne = (chance, all) => all[Math.floor(chance() * all.length)] ?? null;
