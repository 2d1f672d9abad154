// Who is where when: people move on one station a slot, and a new round begins where the last began.
// Pure.

/** @returns {number} index of her station in a slot, from 0 */
export function stationInSlot(start, direction, slot, nStations) {
  return (((start + direction * (slot - 1)) % nStations) + nStations) % nStations;
}

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

/** The station where fewest people start: for somebody who comes late. */
export function quietestStart(starts, nStations) {
  const busy = new Array(nStations).fill(0);
  for (const start of Object.values(starts)) busy[start] += 1;
  return busy.indexOf(Math.min(...busy));
}
