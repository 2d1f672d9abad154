// What keeps somebody from taking part: the holds and events since she last went on. Pure.

import { parseUtc } from "./envelope.js";

const MOVES = new Set(["person_held", "adverse_event", "person_resumed"]);

/**
 * In the order of the fold of her standing (fold/standing.js): going on lifts all that came before.
 * @param {import("./fold/things.js").Things} things @param {string} code
 * @returns {{kind: string, about: string, id: string}[]} id of the entry that counts
 */
export function listHolding(things, code) {
  const moves = things.all
    .filter(({ kind, about, shown }) => MOVES.has(kind) && shown !== null && (shown.value.participant ?? about) === code)
    .map(({ kind, about, root, shown }) =>
      ({ kind, about, id: shown.id, atMs: shown.value.at ? parseUtc(shown.value.at) : root.time }));
  moves.sort((one, other) => one.atMs - other.atMs);
  const wentOn = moves.findLastIndex(({ kind }) => kind === "person_resumed");
  return moves.slice(wentOn + 1).map(({ atMs, ...move }) => move);
}
