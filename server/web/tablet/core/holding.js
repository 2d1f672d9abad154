// What keeps somebody from taking part: the holds and events since she last went on. Pure.

import { listMoves } from "./moves.js";

const MOVES = new Set(["person_held", "adverse_event", "person_resumed"]);

/**
 * Going on lifts all that came before.
 * @param {import("./fold/things.js").Things} things @param {string} code
 * @returns {{kind: string, about: string, id: string}[]} id of the entry that counts
 */
export function listHolding(things, code) {
  const moves = listMoves(things, code, (kind) => MOVES.has(kind));
  const wentOn = moves.findLastIndex(({ kind }) => kind === "person_resumed");
  return moves.slice(wentOn + 1).map(({ kind, about, shown }) => ({ kind, about, id: shown.id }));
}
