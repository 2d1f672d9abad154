// Of a tablet that sees nothing of the server any more: what others entered goes.

import { writeStrictly } from "./database.js";

/** Nothing of others is here any more; what was entered here stays. */
export async function forgetReceived(database) {
  const transaction = writeStrictly(database, ["received", "kept"]);
  const kept = transaction.objectStore("kept");
  transaction.objectStore("received").clear();
  for (const key of await kept.getAllKeys()) if (String(key).startsWith("head/")) kept.delete(key);
  await transaction.done;
}
