// She knocks three times on her sensor, when the trainer says that she does.

import { signal } from "@preact/signals";
import { readNowMs } from "../shell/time.js";

const FELT_FOR_MS = 8000;

/** Who knocked last, and when. @type {import("@preact/signals").Signal<{code: string, ms: number}|null>} */
export const knocked = signal(null);
export const knock = (code) => (knocked.value = { code, ms: readNowMs() });

/** @returns {number|null} seconds since her last knock, while the strap tells it */
export function readKnockS(code, nowMs) {
  const last = knocked.value;
  const isHers = code !== null && last?.code === code && nowMs - last.ms < FELT_FOR_MS;
  return isHers ? Math.max(0, (nowMs - last.ms) / 1000) : null;
}
