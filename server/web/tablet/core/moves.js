// What moved one woman in or out of the evening, in the order of the fold of her standing. Pure.

import { countsAsHere, orderMoves } from "./fold/standing.js";

/** @param {import("./fold/things.js").Things} things @param {string} code
 * @param {(kind: string) => boolean} isWanted
 * @returns {(import("./fold/things.js").Thing & {atMs: number})[]} what counts, with when it happened (UTC) */
export const listMoves = (things, code, isWanted) => orderMoves(things.all.filter(({ kind, about, shown }) =>
  isWanted(kind) && shown !== null && (shown.value.participant ?? about) === code));

const listComings = (things, code) => listMoves(things, code, (kind) => kind === "attendance");

/** For how long of a stretch she was here. @returns {number} ms */
export function measureHere(things, code, fromMs, untilMs) {
  const moves = listComings(things, code);
  return moves.reduce((sum, { atMs, shown }, place) => {
    const goneMs = Math.min(moves[place + 1]?.atMs ?? untilMs, untilMs);
    return countsAsHere(shown.value.status) ? sum + Math.max(0, goneMs - Math.max(atMs, fromMs)) : sum;
  }, 0);
}

const PARTS = ["arrivals", "warmup", "circuit"];

/** Whether she was here in a part of the evening that is over: up to when the next one was first begun.
 * @param {"arrivals"|"warmup"} part arrivals: from the room check on */
export function wasHereIn(things, code, part) {
  const [own, ...later] = PARTS.slice(PARTS.indexOf(part)).map((name) => findBegun(things, name));
  return measureHere(things, code, part === "arrivals" ? 0 : own, Math.min(...later)) > 0;
}

const findBegun = (things, name) => Math.min(...things.all.filter(({ kind, shown }) =>
  kind === "phase_entered" && shown?.value.phase === name).map(({ root }) => root.time));
