// The score of this practice as it stands, and which troubles still ask for something.

import { entries, nowMs, sessionId, state } from "../../state/model.js";
import { scoreTroubles } from "../core/score.js";
import { TROUBLES } from "../core/troubles.js";
import { isOpen, log } from "./troubles.js";
import { listUsual } from "./world.js";

/** Of what this tablet entered: the double's second tablet answers nothing. */
export function readScore() {
  const own = [...entries.value.values()].filter(({ session }) => session === sessionId.value);
  return scoreTroubles(log.value, own.map(({ envelope }) => envelope), state.value.people, listUsual(), nowMs.value);
}

/** Those that somebody in the room can still put right, and those that nobody answered. */
export function listGoing() {
  const answered = new Set(readScore().filter(({ afterMs }) => afterMs !== null).map(({ nth }) => nth));
  const ends = new Map(TROUBLES.map((one) => [one.name, one.ends]));
  return log.value.filter((one) => isOpen(one) && (ends.get(one.name) || !answered.has(one.nth)));
}
