// Entries from tablet to tablet without a network. Nothing leaves this one's outbox by that: the server's
// own answer alone marks an entry as sent.

import { judgeHandover, makeHandover } from "../core/handover.js";
import { packHandover, unpackHandover } from "../shell/handover.js";
import { readWaiting } from "../shell/outbox.js";
import { takeOver } from "../shell/taken_over.js";
import { bundle, noteEntries, sessionId } from "./model.js";
import { refoldNow } from "./refolding.js";

/** @returns {Promise<{codes: string[], n: number}>} of all that waits here */
export async function offerWaiting({ database, device }) {
  const waiting = (await readWaiting(database)).sort((a, b) => a.envelope.device_seq - b.envelope.device_seq);
  const content = makeHandover(waiting, { study: bundle.value?.study ?? null, device });
  return { codes: await packHandover(content), n: waiting.length };
}

/** @returns {Promise<{trouble: string|null, about?: string, content?: object}>} */
export async function openHandover(read) {
  const content = await unpackHandover(read);
  const staff = (bundle.value?.staff ?? []).map(({ name }) => name);
  return { ...judgeHandover(content, { study: bundle.value?.study ?? null, staff }), content };
}

/** @returns {Promise<number>} how many are new here */
export async function takeHandover({ database, sync }, { entries }) {
  const taken = await takeOver(database, entries);
  noteEntries(taken);
  if (taken.some(({ session }) => session === sessionId.value)) refoldNow();
  sync.flush();
  return taken.length;
}
