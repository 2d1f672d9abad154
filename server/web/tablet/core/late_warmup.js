// Somebody who comes when the circuit runs, as the record has it: since when she must be thought cold,
// and how her own short warm-up went. Pure.

import { countsAsHere } from "./fold/standing.js";
import { listMoves, measureHere } from "./moves.js";
import { SHORT_WARM_UP } from "./short_warm_up.js";

/**
 * The last coming that needs a warm-up: her first one when the circuit runs, by whatever word, and every
 * one after she was gone for as long as the group's warm-up takes, or after she missed more than half of
 * the one that there was. A short absence from the circuit changes nothing.
 * @param {import("./fold/things.js").Things} things @param {string} code
 * @param {number} startedMs of the circuit, UTC @param {number} warmUpMs the group's
 * @returns {{cameMs: number, goneMs: number|null}|null} `goneMs` null: she hadn't been here before
 */
export function findComing(things, code, startedMs, warmUpMs) {
  const moves = listMoves(things, code, (kind) => kind === "attendance");
  const hasMissed = missedWarmUp(things, code, startedMs);
  let [found, isHere, wentMs] = [null, false, null];
  for (const { atMs, shown } of moves) {
    const comes = countsAsHere(shown.value.status);
    const goneMs = wentMs === null ? null : atMs - wentMs;
    const isCold = goneMs === null || goneMs >= warmUpMs || (hasMissed && wentMs <= startedMs);
    if (comes && !isHere && atMs >= startedMs && isCold) found = { cameMs: atMs, goneMs };
    if (isHere && !comes) wentMs = atMs;
    isHere = comes;
  }
  return found;
}

/** Whether she was here for less than half of the group's warm-up as it really was. */
function missedWarmUp(things, code, startedMs) {
  const began = things.all.filter(({ kind, shown, root }) =>
    kind === "phase_entered" && shown?.value.phase === "warmup" && root.time <= startedMs);
  if (began.length === 0) return false;
  const beganMs = Math.max(...began.map(({ root }) => root.time));
  return measureHere(things, code, beganMs, startedMs) < (startedMs - beganMs) / 2;
}

const ENDINGS = { person_resumed: "told_in", person_held: "stopped", adverse_event: "stopped", attendance: "went" };

/**
 * Her last short warm-up. The next thing that happens to her ends it: she is told in, stopped, or goes.
 * @returns {{beganMs: number, endedMs: number|null, ending: "told_in"|"stopped"|"went"|null}|null}
 */
export function findWarmUp(things, code) {
  const moves = listMoves(things, code, (kind) => kind in ENDINGS).filter(({ shown }) => !countsAsHere(shown.value.status));
  const place = moves.findLastIndex(({ kind, shown }) => kind === "person_held" && shown.value.why === SHORT_WARM_UP);
  if (place === -1) return null;
  const next = moves[place + 1];
  return { beganMs: moves[place].atMs, endedMs: next?.atMs ?? null, ending: next ? ENDINGS[next.kind] : null };
}
