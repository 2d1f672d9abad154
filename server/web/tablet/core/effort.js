// Ratings of exertion: the scales, the week's band, and whom to ask next. Pure.

export const BORG = Array.from({ length: 15 }, (_, place) => place + 6); // 6 to 20, Borg 1970
export const CR10 = [0, 0.3, 0.5, 0.7, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10]; // Borg 1998

/** @param {string} scale @returns {number[]} what may be tapped */
export const numbersOf = (scale) => (scale === "cr10" ? CR10 : BORG);

/** @param {number} rating @param {[number, number]|null} accepted of the week
 * @returns {"below"|"in"|"above"|null} */
export function classifyEffort(rating, accepted) {
  if (!accepted) return null;
  if (rating < accepted[0]) return "below";
  return rating > accepted[1] ? "above" : "in";
}

/** Her newest rating. @param {Record<string, {rating: number|null}>} rpe by round */
export function findLatest(rpe) {
  const rounds = Object.keys(rpe).map(Number).filter((round) => rpe[round].rating !== null);
  return rounds.length === 0 ? null : rpe[Math.max(...rounds)];
}
