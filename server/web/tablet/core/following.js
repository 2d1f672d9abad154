// Who comes to a station after whom. Pure.

/**
 * Everybody in the order in which they come to one station, beginning with those who are at hers now:
 * the trainer who stays there meets them so.
 * @param {Record<string, number|null>} starts station where each began, null without one
 * @returns {string[]} those without a station last
 */
export function orderByFollowing(starts, code, direction, nStations) {
  const codes = Object.keys(starts);
  const hers = starts[code];
  if (hers === null) return codes;
  const isPlaced = (one) => starts[one] !== null;
  const behind = (one) => (((hers - starts[one]) * direction) % nStations + nStations) % nStations;
  const placed = codes.filter(isPlaced).sort((one, other) => behind(one) - behind(other));
  return [...placed, ...codes.filter((one) => !isPlaced(one))];
}
