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

// Until the server is met, a look of an earlier start is better than none to show the clock by.
let remembered = 0;
/** @param {number} offsetMs as it was when this tablet last knew */
export const rememberOffset = (offsetMs) => (remembered = offsetMs);

const readServerMs = () => best.serverMs + readSteadyMs() - best.steadyMs;

/** UTC in ms, as well as anybody here can say. */
export const readNowMs = () => Math.round(best === null ? Date.now() + remembered : readServerMs());

/** UTC in ms for an entry's stamp: without a look at the server's clock it is the wall clock as it is,
 * and the entry says so. What is remembered may be wrong by now (a flat battery resets a clock), and
 * what was written with an offset is never moved again. The fold moves the rest when more is known. */
export const readStampMs = () => (best === null ? Date.now() : readNowMs());

/** Milliseconds that were added to the wall clock; null as long as no server was met. */
export const readOffsetMs = () => (best === null ? null : readNowMs() - Date.now());

/** What stands between UTC as it is shown and a stamp: the remembered offset, 0 once the server is met. */
export const readUnsaidMs = () => (best === null ? remembered : 0);

/** What to remember for the next start. */
export const readKnownOffsetMs = () => readOffsetMs() ?? remembered;
