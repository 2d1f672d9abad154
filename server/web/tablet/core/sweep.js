// Who asks whom about effort. Floor order is cut evenly: the first part is the trainer's, then one for
// each assistant by name. Every device reads it from who is there, so all say the same. Pure.

const TRAINER = null;

/** @typedef {{name: string|null, codes: string[]}} Part null names the trainer */

/**
 * @param {string[]} codes in floor order
 * @param {Record<string, {duty: string, left_at: string|null}>} staff as the session folds to: whoever has left
 *   asks nobody any more
 * @param {{name: string, role: string}} me whose device this is
 * @returns {{own: string[], others: Part[]}}
 */
export function shareFloor(codes, staff, me) {
  const there = Object.keys(staff).filter((name) => staff[name].duty === "assistant" && staff[name].left_at === null);
  const mine = me.role === "assistant" ? me.name : TRAINER;
  const assistants = new Set(mine === TRAINER ? there : [...there, mine]);
  const parts = cutEvenly(codes, [TRAINER, ...[...assistants].sort()]);
  return { own: parts.find(({ name }) => name === mine).codes, others: parts.filter(({ name }) => name !== mine) };
}

/** The odd ones go to the first. @returns {Part[]} */
function cutEvenly(codes, names) {
  const [least, odd] = [Math.floor(codes.length / names.length), codes.length % names.length];
  const startOf = (place) => place * least + Math.min(place, odd);
  return names.map((name, place) => ({ name, codes: codes.slice(startOf(place), startOf(place + 1)) }));
}

/**
 * Whom the scale is about: whoever was tapped, until a rating of hers comes, from here or from another
 * device; else the next one who isn't asked.
 * @param {{code: string, event: string|null}|null} tapped `event`: her rating when she was tapped
 * @param {string[]} unasked @param {(code: string) => string|null} eventOf her rating now
 * @returns {string|null}
 */
export const turnTo = (tapped, unasked, eventOf) =>
  (tapped !== null && eventOf(tapped.code) === tapped.event ? tapped.code : unasked[0] ?? null);
