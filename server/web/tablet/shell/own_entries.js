// What participants entered on their own page in this browser, and that isn't with the server: another store,
// of which a tablet's leave must lose nothing.

import { deleteDB, openDB } from "idb";
import { readEntries } from "./outbox.js";

export const OWN_STORE = "doseline-own";

/** @returns {Promise<import("./outbox.js").Entry[]>} none where that page was never open */
export async function readOwnEntries() {
  const database = await openDB(OWN_STORE);
  const isThere = database.objectStoreNames.contains("entries");
  const left = isThere ? (await readEntries(database)).filter(({ state }) => state !== "sent") : [];
  database.close();
  if (!isThere) await deleteDB(OWN_STORE); // opening it made an empty one
  return left;
}
