// Entries of another tablet in this one's outbox: under the same ids, so that whoever sends them first,
// the server has each once.

import { writeStrictly } from "./database.js";

/**
 * What is here already, waiting, sent or heard from the server, stays as it is.
 * @param {{session: string, envelope: object}[]} entries
 * @returns {Promise<import("./outbox.js").Entry[]>} those that are new here, on the disk
 */
export async function takeOver(database, entries) {
  const transaction = writeStrictly(database, ["entries", "received"]);
  const own = transaction.objectStore("entries");
  const received = transaction.objectStore("received");
  const taken = [];
  for (const { session, envelope } of entries) {
    const { id } = envelope;
    if ((await own.getKey(id)) !== undefined || (await received.getKey(id)) !== undefined) continue;
    taken.push({ id, session, state: "waiting", envelope, n: null, result: null, refusal: null });
    own.add(taken.at(-1));
  }
  await transaction.done;
  return taken;
}
