// How strongly the gateway hears a strap: bars and the word's name. Pure.

const WEAK_DBM = -85; // as the server calls a signal weak, server/live/strap_state.py
const STRONG_DBM = -70; // 15 dB above that: a body between strap and gateway takes about as much

/** @param {number|null|undefined} dbm @returns {{bars: 0|1|2|3, name: "untold"|"weak"|"fair"|"strong"}} */
export function readSignal(dbm) {
  if (dbm === null || dbm === undefined) return { bars: 0, name: "untold" };
  if (dbm <= WEAK_DBM) return { bars: 1, name: "weak" };
  return dbm < STRONG_DBM ? { bars: 2, name: "fair" } : { bars: 3, name: "strong" };
}
