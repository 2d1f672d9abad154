// Who is where when: people move on one station a slot, and a new round begins where the last began.
// Pure.

/** @returns {number} index of her station in a slot, from 0 */
export function stationInSlot(start, direction, slot, nStations) {
  return (((start + direction * (slot - 1)) % nStations) + nStations) % nStations;
}

/** The station where fewest people start: for somebody who comes late. */
export function quietestStart(starts, nStations) {
  const busy = new Array(nStations).fill(0);
  for (const start of Object.values(starts)) busy[start] += 1;
  return busy.indexOf(Math.min(...busy));
}
