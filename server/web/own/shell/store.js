// Her phone's own store: what waits to be sent, and what was shown last, sealed. Apart from the trainer's
// tablet's, so that a tablet handed over mixes nothing.

import { openDB } from "idb";
import { forget } from "/tablet/app/shell/database.js";
import { OWN_STORE } from "/tablet/app/shell/own_entries.js";
import { destroy } from "/tablet/app/shell/vault.js";

export function openStore() {
  return openDB(OWN_STORE, 1, {
    upgrade(database) {
      const entries = database.createObjectStore("entries", { keyPath: "id" });
      entries.createIndex("state", "state");
      database.createObjectStore("kept");
    },
  });
}

const VIEW = "view";
export { VIEW };

/** What was shown goes, and what the server has; what waits stays until she signs in again. */
export async function forgetShown(database) {
  await destroy(database, VIEW);
  await forget(database, "author");
  const sent = await database.getAllFromIndex("entries", "state", "sent");
  const transaction = database.transaction("entries", "readwrite", { durability: "strict" });
  for (const { id } of sent) transaction.store.delete(id);
  await transaction.done;
}
