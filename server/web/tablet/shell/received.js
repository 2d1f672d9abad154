// Entries of other tablets, as the server told them: kept, so that a reload without a server shows
// the same session.

import { writeStrictly } from "./database.js";

/** @param {{id: string, n: number}[]} events of one session @param {number} head its newest n */
export async function keepReceived(database, session, events, head) {
  const transaction = writeStrictly(database, ["received", "kept"]);
  for (const event of events) transaction.objectStore("received").put({ id: event.id, session, event });
  transaction.objectStore("kept").put(head, `head/${session}`);
  await transaction.done;
}

/** @returns {Promise<object[]>} envelopes with their n */
export async function readReceived(database, session) {
  const rows = await database.getAllFromIndex("received", "session", session);
  return rows.map((row) => row.event);
}

export const readHead = async (database, session) =>
  (await database.get("kept", `head/${session}`)) ?? 0;
