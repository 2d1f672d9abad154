// UTC as well as this tablet knows it: its wall clock and what the server's answers say about it.

import { chooseSample, makeSample } from "../core/offset.js";
import { parseUtc } from "../core/envelope.js";

/** @type {import("../core/offset.js").Sample|null} */
let best = null;

/** Every answer that carries the server's time is a look at its clock. */
export function learnTime(answer) {
  const serverMs = parseUtc(answer.body?.server_utc);
  if (Number.isNaN(serverMs)) return;
  const gotWallMs = Date.now();
  const seen = { sentWallMs: answer.sentWallMs, gotWallMs, gotMonotonicMs: performance.now(), serverMs };
  best = chooseSample(best, makeSample(seen));
}

/** Milliseconds to add to the wall clock; null as long as no server was met. */
export const readOffsetMs = () => best?.offsetMs ?? null;

/** @returns {number} UTC in ms */
export const readNowMs = () => Math.round(Date.now() + (best?.offsetMs ?? 0));
