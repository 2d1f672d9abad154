// In place of shell/time.js: the practice's own time, which can go faster. The double of the server has
// the same, so nothing is ever apart.

import { readAt, restart } from "../core/clock.js";

let clock = { ms: Date.now(), steadyMs: performance.now(), speed: 1 };

/** @param {number} ms UTC from now on */
export const setTime = (ms) => (clock = { ms, steadyMs: performance.now(), speed: clock.speed });
export const setSpeed = (speed) => (clock = restart(clock, performance.now(), speed));
export const readSpeed = () => clock.speed;

export const readNowMs = () => Math.round(readAt(clock, performance.now()));
export const readStampMs = readNowMs;
export const readSentMs = () => performance.now();
export const learnTime = () => {};
export const rememberOffset = () => {};
export const readOffsetMs = () => 0;
export const readUnsaidMs = () => 0;
export const readKnownOffsetMs = () => 0;
