// UTC as well as this tablet knows it. From the last look at the server's clock it counts on by its own
// monotonic clock: a wall clock that somebody sets, or that a network sets, changes nothing.

import { chooseSample, makeSample } from "../core/offset.js";
import { parseUtc } from "../core/envelope.js";

/** @type {import("../core/offset.js").Sample|null} */
let best = null;
// The monotonic clock may stop while the tablet sleeps. Only a page that was hidden can have slept.
let sleptMs = 0;
let hidden = null;

document.addEventListener("visibilitychange", () => {
  const here = { wallMs: Date.now(), monotonicMs: performance.now() };
  if (document.visibilityState === "visible" && hidden !== null) {
    const missing = here.wallMs - hidden.wallMs - (here.monotonicMs - hidden.monotonicMs);
    sleptMs += Math.max(0, missing);
  }
  hidden = document.visibilityState === "hidden" ? here : null;
});

const readSteadyMs = () => performance.now() + sleptMs;

/** Every answer that carries the server's time is a look at its clock. */
export function learnTime(answer) {
  const serverMs = parseUtc(answer.body?.server_utc);
  if (Number.isNaN(serverMs)) return;
  const seen = { sentMs: answer.sentMs, gotMs: readSteadyMs(), serverMs };
  best = chooseSample(best, makeSample(seen));
}

/** For measuring how long an answer took. */
export const readSentMs = readSteadyMs;

/** @returns {number} UTC in ms */
export const readNowMs = () =>
  Math.round(best === null ? Date.now() : best.serverMs + readSteadyMs() - best.steadyMs);

/** Milliseconds that were added to the wall clock; null as long as no server was met. */
export const readOffsetMs = () => (best === null ? null : readNowMs() - Date.now());
