// A server restored from a backup doesn't have the newest of what it once acknowledged. Everything is
// still here, and its ids say what is the same: so it is simply sent again.

import { writeStrictly } from "./database.js";
import { changeEntries, readEntries } from "./outbox.js";

/**
 * Whether the server still has what it had: the newest acknowledged entry is posted once more. A restore
 * cuts a ledger's end off, so when that one is known at its place, all are.
 * @param {(method: string, path: string, content: any) => Promise<import("./api.js").Answer>} ask
 * @param {Set<string>} unknownActors whose entries the server doesn't take now; one more, if it says so
 * @returns {Promise<object[]|null>} entries that wait again; null when the server didn't say
 */
export async function probe(database, ask, unknownActors) {
  const all = (await readEntries(database)).filter(({ state }) => state === "sent");
  if (new Set(all.map(({ n }) => n)).size < all.length) return sendAgain(database); // places given twice
  const sent = all.filter(({ envelope }) => !unknownActors.has(envelope.actor));
  if (sent.length === 0) return [];
  const newest = sent.reduce((one, other) => (other.n > one.n ? other : one));
  const answer = await ask("POST", `/api/v1/sessions/${newest.session}/events`, [newest.envelope]);
  if (answer.body?.code === "actor_not_signed_in") unknownActors.add(newest.envelope.actor);
  const told = answer.status === 200 && answer.body?.results?.find(({ id }) => id === newest.id);
  if (!told) return null;
  return told.result === "known" && told.n === newest.n ? [] : sendAgain(database);
}

/** All that was acknowledged waits again, and what others entered is fetched from the beginning.
 * @returns {Promise<object[]>} the changed entries */
export async function sendAgain(database) {
  const kept = writeStrictly(database, ["kept"]);
  for (const key of await kept.store.getAllKeys()) {
    if (String(key).startsWith("head/")) kept.store.delete(key);
  }
  await kept.done;
  const sent = (await readEntries(database)).filter(({ state }) => state === "sent");
  const wait = (entry) => ({ ...entry, state: "waiting", n: null, result: null });
  return changeEntries(database, sent.map(({ id }) => [id, wait]));
}
