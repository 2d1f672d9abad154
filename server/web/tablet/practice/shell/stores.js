// The two stores of a practice: made anew at its beginning, emptied when it is left.

import { openDB } from "idb";
import { SERVER_STORE } from "../core/names.js";

export const openServer = () => openDB(SERVER_STORE, 1, {
  upgrade: (database) => void database.createObjectStore("rows", { keyPath: "n" }),
});

/** @param {import("idb").IDBPDatabase} database */
export async function empty(database) {
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names, "readwrite", { durability: "strict" });
  for (const name of names) transaction.objectStore(name).clear();
  await transaction.done;
}
