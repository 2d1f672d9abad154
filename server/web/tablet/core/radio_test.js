// What twenty seconds of live frames say of the radio: who came through, whose movement had holes. Pure.

const HEARD = ["good", "weak", "battery", "no_contact"];
const STEADY = 0.9; // a strap counts when it was heard in nine of ten seconds
export const HOLE_S = 3; // twice the longest spacing of frames, 36 samples at 25 Hz, and the way of an upload

/** @typedef {{name: string, nHeard: number, nHoles: number, moves: ?boolean}} Strap `moves` null: no
 *   movement of it was ever seen
 * @typedef {{nFrames: number, straps: Record<string, Strap>}} RadioTest */

/** @returns {RadioTest} */
export const startTest = () => ({ nFrames: 0, straps: {} });

/** @param {RadioTest} test @param {object[]} tiles of a live frame @param {number} elapsedS since it was made
 * @param {string[]} roster serials: whoever else's strap is in the air counts for nobody here */
export function addFrame(test, tiles, elapsedS, roster) {
  const straps = { ...test.straps };
  for (const tile of tiles.filter(({ strap }) => roster.includes(strap))) {
    const before = straps[tile.strap] ?? { name: tile.label ?? tile.strap, nHeard: 0, nHoles: 0, moves: null };
    straps[tile.strap] = addTile(before, tile, elapsedS);
  }
  return { nFrames: test.nFrames + 1, straps };
}

function addTile(before, tile, elapsedS) {
  const nHeard = before.nHeard + (HEARD.includes(tile.state) ? 1 : 0);
  if (tile.activity_age_s === null) return { ...before, nHeard };
  const moves = tile.activity_age_s + elapsedS < HOLE_S;
  const nHoles = before.nHoles + (before.moves !== false && !moves ? 1 : 0);
  return { ...before, nHeard, nHoles, moves };
}

/**
 * @param {RadioTest} test
 * @param {number} seconds how long it ran: a frame comes every second
 * @returns {{isFull: boolean, steady: string[], unsteady: string[], moving: string[], holed: string[],
 *   unmoved: string[], nHoles: number}} straps by name; the last four are of the steady ones
 */
export function judgeTest(test, seconds) {
  const all = Object.values(test.straps);
  const steady = all.filter(({ nHeard }) => nHeard >= seconds * STEADY);
  const name = (straps) => straps.map((strap) => strap.name);
  return {
    isFull: test.nFrames >= seconds * STEADY,
    steady: name(steady),
    unsteady: name(all.filter((one) => one.nHeard > 0 && !steady.includes(one))),
    moving: name(steady.filter(({ moves, nHoles }) => moves !== null && nHoles === 0)),
    holed: name(steady.filter(({ nHoles }) => nHoles > 0)),
    unmoved: name(steady.filter(({ moves }) => moves === null)),
    nHoles: steady.reduce((sum, { nHoles }) => sum + nHoles, 0),
  };
}
