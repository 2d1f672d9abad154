// Entries on their way: written here first, in one strict transaction a tap, and kept afterwards.
// Nothing in this file deletes an entry: what the server has is marked, what it refused is set aside.

import { laterThan, makeEnvelope } from "../core/envelope.js";
import { writeStrictly } from "./database.js";

/**
 * @typedef {import("../core/envelope.js").Draft} Draft
 * @typedef {import("../core/envelope.js").Envelope} Envelope
 * @typedef {{id: string, session: string, state: "waiting"|"sent"|"refused", envelope: Envelope,
 *   n: number|null, result: string|null, refusal: {code: string, message: string}|null}} Entry
 */

/**
 * Resolves when the entries are saved on the tablet, and not a moment earlier.
 * @param {Draft[]} drafts what one tap means; all of it is saved, or nothing
 * @param {{session: string, actor: string, device: string, nowMs: number, offsetMs: number|null}} by
 * @returns {Promise<Entry[]>}
 */
export async function appendEntries(database, drafts, by) {
  const transaction = writeStrictly(database, ["entries", "kept"]);
  const kept = transaction.objectStore("kept");
  const last = (await kept.get("last-entry")) ?? { deviceSeq: 0, ms: 0 };
  let { deviceSeq, ms } = last;
  const entries = drafts.map((draft) => {
    deviceSeq += 1;
    ms = laterThan(ms, by.nowMs);
    const random = crypto.getRandomValues(new Uint8Array(10));
    const stamp = { ms, random, actor: by.actor, device: by.device, deviceSeq, offsetMs: by.offsetMs };
    return makeEntry(by.session, makeEnvelope(draft, stamp));
  });
  for (const entry of entries) transaction.objectStore("entries").add(entry);
  kept.put({ deviceSeq, ms }, "last-entry");
  await transaction.done;
  return entries;
}

/** @returns {Entry} */
function makeEntry(session, envelope) {
  return { id: envelope.id, session, state: "waiting", envelope, n: null, result: null, refusal: null };
}

export const readEntries = (database) => database.getAll("entries");
export const readWaiting = (database) => database.getAllFromIndex("entries", "state", "waiting");

/** @param {{id: string, n: number, result: string}[]} done */
export function markSent(database, done) {
  const change = ({ n, result }) => (entry) => ({ ...entry, state: "sent", n, result });
  return changeEntries(database, done.map((one) => [one.id, change(one)]));
}

/** @param {{id: string, code: string, message: string}[]} refused */
export function setAside(database, refused) {
  const change = ({ code, message }) => (entry) =>
    entry.state === "sent" ? entry : { ...entry, state: "refused", refusal: { code, message } };
  return changeEntries(database, refused.map((one) => [one.id, change(one)]));
}

/** @param {[string, (entry: Entry) => Entry][]} changes by id @returns {Promise<Entry[]>} as changed */
export async function changeEntries(database, changes) {
  const transaction = writeStrictly(database, ["entries"]);
  const changed = [];
  for (const [id, change] of changes) {
    const entry = await transaction.store.get(id);
    if (!entry) continue;
    changed.push(change(entry));
    transaction.store.put(changed.at(-1));
  }
  await transaction.done;
  return changed;
}
