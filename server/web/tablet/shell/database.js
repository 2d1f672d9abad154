// The tablet's own store. Its key-value part holds the device's id and the counter of its entries in
// one place, so that a wiped store is a new device and never counts again from the old one.

import { openDB } from "idb";

export const NAME = "doseline-tablet";
const VERSION = 1;

/** @typedef {import("idb").IDBPDatabase} Database */

export function openDatabase(name = NAME) {
  return openDB(name, VERSION, {
    upgrade(database) {
      const entries = database.createObjectStore("entries", { keyPath: "id" });
      entries.createIndex("state", "state");
      entries.createIndex("session", "session");
      database.createObjectStore("received", { keyPath: "id" }).createIndex("session", "session");
      database.createObjectStore("kept");
    },
  });
}

/** A transaction whose end is on the disk, not in a cache: `default` and `relaxed` lost thousands of
 * finished transactions in power cuts, `strict` none (promise E1). */
export function writeStrictly(database, stores) {
  return database.transaction(stores, "readwrite", { durability: "strict" });
}

export const readKept = (database, name) => database.get("kept", name);

/** @returns {Promise<void>} when it is on the disk */
export async function keep(database, name, value) {
  const transaction = writeStrictly(database, ["kept"]);
  transaction.store.put(value, name);
  await transaction.done;
}

export async function forget(database, name) {
  const transaction = writeStrictly(database, ["kept"]);
  transaction.store.delete(name);
  await transaction.done;
}

/** Sixteen hex digits, made once a store. */
export async function readDevice(database) {
  const known = await readKept(database, "device");
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const device = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  await keep(database, "device", device);
  return device;
}
