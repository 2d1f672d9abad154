// The first look at the server's clock after a start says where entries belong that were made before:
// said in an entry of its own, in every session that has such, because a fold knows no more than entries.

import { effect } from "@preact/signals";
import { listUntold } from "../core/untold.js";
import { appendEntries } from "../shell/outbox.js";
import { readOffsetMs, readStampMs } from "../shell/time.js";
import { whenWritten } from "./entering.js";
import { assumedOffsets, entries, noteEntries, server } from "./model.js";

export function watchMeeting(shell) {
  const stop = effect(() => {
    if (server.value.reached !== true || readOffsetMs() === null) return;
    queueMicrotask(() => stop());
    tellMeeting(shell);
  });
}

async function tellMeeting({ database, device, sync }) {
  assumedOffsets.value = { [device]: readOffsetMs() };
  await whenWritten(); // what was tapped before and isn't on the disk yet belongs to them
  const untold = listUntold([...entries.value.values()]);
  for (const { session, actor, n } of untold) {
    const by = { session, actor, device, nowMs: readStampMs(), offsetMs: readOffsetMs() };
    const met = { kind: "server_met", about: "session", value: { entries: n } };
    noteEntries(await appendEntries(database, [met], by));
  }
  if (untold.length > 0) sync.flush();
}
