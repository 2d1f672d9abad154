// Nobody is at work on this tablet until a PIN is given: by a key, after twelve hours, and on a new day
// unless a session goes on. Entries stay, and go on being sent.

import { computed, effect, untracked } from "@preact/signals";
import { mustAsk } from "../core/signed_in.js";
import { forget, readKept } from "../shell/database.js";
import { readNowMs, readOffsetMs } from "../shell/time.js";
import { actor, clock, goesOn, nowMs } from "./model.js";
import { drawer, sheets } from "./ui.js";

export async function lockTablet({ database }) {
  await forget(database, "actor");
  [actor.value, drawer.value, sheets.value] = [null, null, []];
}

const isOver = ({ sinceMs }) =>
  mustAsk({ sinceMs, nowMs: readNowMs(), isSure: readOffsetMs() !== null, goesOn: goesOn() });

/** Whoever was at work when this tablet was last used, if that still counts. */
export async function readActor(database) {
  const last = await readKept(database, "actor");
  actor.value = last && !isOver(last) ? last : null;
}

const minute = computed(() => Math.floor(nowMs.value / 60_000));

/** Nobody is put before a PIN in mid-circuit, where STOP must be under her thumb (decision 0014). */
const isCircuit = () => ["running", "held"].includes(clock.value.state);

export function watchLock(shell) {
  effect(() => {
    if (minute.value > 0 && actor.value !== null && !isCircuit() && isOver(actor.value)) untracked(() => lockTablet(shell));
  });
}
