// The server of a practice: what it was told lies in a store of its own, and it can be away.

import { readNowMs } from "../shell/time.js";
import { openServer } from "../shell/stores.js";
import { answer } from "../core/server_answers.js";
import { formatUtc } from "../../core/envelope.js";

let database = null;
let handed = null;
let rows = [];
let isAway = () => false;

/** @param {import("../core/bundle.js").Handed} given @param {() => boolean} readAway */
export async function startServer(given, readAway) {
  [handed, isAway] = [given, readAway];
  database = await openServer();
  rows = await database.getAll("rows");
}

/** @returns {Promise<{status: number, body: any}>} status 0: it doesn't answer */
export async function askServer(method, path, content) {
  if (isAway()) return { status: 0, body: null };
  const { status, body, taken } = answer({ method, path, content }, { rows, handed, nowMs: readNowMs() });
  await store(taken);
  return { status, body };
}

/** What another tablet told it. */
export const putRow = (session, event) =>
  store([{ n: (rows.at(-1)?.n ?? 0) + 1, session, recorded_at: formatUtc(readNowMs()), event }]);

async function store(taken) {
  if (taken.length === 0) return;
  rows = [...rows, ...taken];
  const transaction = database.transaction("rows", "readwrite", { durability: "strict" });
  for (const row of taken) transaction.store.put(row);
  await transaction.done;
}
