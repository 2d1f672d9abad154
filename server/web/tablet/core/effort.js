// Ratings of exertion against the week's band, and the newest one. Pure.

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
