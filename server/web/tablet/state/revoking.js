// After a tablet was revoked: nobody is named on it or at work on it any more. What waits goes to the
// server, aside; only when all of it is there the tablet takes its leave, and everything is erased.

import { batch, effect, signal, untracked } from "@preact/signals";
import { planPosts, readAnswer } from "../core/queue.js";
import { call } from "../shell/api.js";
import { forget } from "../shell/database.js";
import { eraseAll } from "../shell/erasing.js";
import { forgetReceived } from "../shell/forgetting.js";
import { readEntries } from "../shell/outbox.js";
import { readOwnEntries } from "../shell/own_entries.js";
import { destroy } from "../shell/vault.js";
import { enrolment, noteRevoked } from "./enrolment.js";
import { forgetPeople } from "./evening_fetch.js";
import { lockTablet } from "./locking.js";
import { bundle, received, server } from "./model.js";

const AGAIN_AFTER_MS = 5000;

/** Entries that aren't with the server yet, aside or in the record; null before they were counted. */
export const leftHere = signal(null);

export function watchRevoked({ database }) {
  let isLeaving = false;
  effect(() => {
    const said = server.value.code === "tablet_revoked";
    if (isLeaving || !(said || enrolment.value.isRevoked)) return;
    isLeaving = true;
    untracked(() => leave(database));
  });
}

async function leave(database) {
  await noteRevoked(database);
  await forgetAll(database);
  if (!(await handIn(database)) || (await call("POST", "/api/v1/tablet/leave")).status !== 200) {
    setTimeout(() => leave(database), AGAIN_AFTER_MS);
    return;
  }
  await eraseAll(database);
  location.replace("/tablet/#left");
  location.reload();
}

/** All that the server told; of what was entered here nothing. */
async function forgetAll(database) {
  await lockTablet({ database });
  await forgetPeople(database);
  await destroy(database, "verifiers");
  await forget(database, "bundle");
  await forgetReceived(database);
  batch(() => {
    bundle.value = null;
    received.value = new Map();
  });
}

/** Whether all of it is there now, participants' own entries too. What was handed in twice is kept once. */
async function handIn(database) {
  const left = [...(await readEntries(database)).filter(({ state }) => state !== "sent"), ...(await readOwnEntries())];
  leftHere.value = left.length;
  for (const { entries } of planPosts(left)) leftHere.value -= await handInSome(entries);
  return leftHere.value === 0;
}

/** How many of them are there. One that the server can't read holds up no other: they go again in halves. */
async function handInSome(entries) {
  const content = { entries: entries.map(({ session, envelope }) => ({ session, envelope })) };
  const answer = await call("POST", "/api/v1/tablet/last-entries", content);
  if (readAnswer(answer.status, answer.body, entries).next === "halve") {
    const half = Math.ceil(entries.length / 2);
    return (await handInSome(entries.slice(0, half))) + (await handInSome(entries.slice(half)));
  }
  const kept = new Set(answer.status === 200 ? answer.body?.kept : []);
  return entries.filter(({ id }) => kept.has(id)).length;
}
