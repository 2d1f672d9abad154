// How fast the practice's time goes, and where it is: kept each second, so that a crash loses none of it.

import { effect, signal } from "@preact/signals";
import { keep, readKept } from "../../shell/database.js";
import { limitSpeed, resume } from "../core/clock.js";
import { readNowMs, readSpeed, setSpeed, setTime } from "../shell/time.js";
import { isAtWork } from "./world.js";

const KEEP_EVERY_MS = 1000;

/** As chosen; ten times goes on by itself when the work is over. */
export const chosen = signal(1);

/** Before anything is started. */
export async function readTime(database) {
  const kept = (await readKept(database, "practice-time")) ?? null;
  const last = await readKept(database, "last-entry");
  setTime(resume(kept, Date.now(), last?.ms ?? 0));
}

export function watchTime(database) {
  effect(() => {
    const speed = limitSpeed(chosen.value, isAtWork());
    if (speed !== readSpeed()) setSpeed(speed);
  });
  setInterval(() => keep(database, "practice-time", { ms: readNowMs(), wallMs: Date.now() }), KEEP_EVERY_MS);
}
