// Says for ten seconds what is known after a start, and after a time in which this page was frozen.

import { describeReturn } from "../core/returning.js";
import { readKept } from "../shell/database.js";
import { readEntries } from "../shell/outbox.js";
import { readNowMs } from "../shell/time.js";
import { clock, state } from "./model.js";
import { resumed } from "./ui.js";

const SHOWN_MS = 10_000;
const LOOK_EVERY_MS = 1000;
const FROZEN_MS = 5000; // timers of a page that is looked at are never that late

/** @param {number|undefined} lastMs when this tablet last ran */
export async function noteReturn(database, lastMs) {
  if (lastMs === undefined || state.value.closed || clock.value.state === "idle") return;
  const last = await readKept(database, "last-entry"); // first: what is tapped meanwhile isn't missing
  const entries = await readEntries(database);
  const seqs = entries.map(({ envelope }) => envelope.device_seq);
  const seen = { lastMs, nowMs: readNowMs(), deviceSeq: last?.deviceSeq ?? 0, seqs, clock: clock.value.state };
  const shown = describeReturn(seen);
  resumed.value = shown;
  setTimeout(() => resumed.value === shown && (resumed.value = null), SHOWN_MS);
}

export function watchFreeze(database) {
  let lastMs = readNowMs();
  setInterval(() => {
    const before = lastMs;
    lastMs = readNowMs();
    if (lastMs - before > FROZEN_MS && document.visibilityState === "visible") noteReturn(database, before);
  }, LOOK_EVERY_MS);
}
