// Who is working: her PIN at the server, or against her verifier when there is none. Changing who taps
// never ends anything, and signing out never touches an entry.

import { signal } from "@preact/signals";
import { call } from "../shell/api.js";
import { keep, readKept } from "../shell/database.js";
import { areVerifiersValid, checkPin } from "../shell/pin.js";
import { learnTime, readNowMs } from "../shell/time.js";
import { unseal } from "../shell/vault.js";
import { whenWritten } from "./entering.js";
import { fetchEvening } from "./evening_fetch.js";
import { retryLive } from "./live.js";
import { actor, bundle, server } from "./model.js";
import { noteSignedIn } from "./presence.js";

const WRONG_IN_A_ROW = 5; // ux T1
const WAIT_MS = 30_000;
/** Her PIN can't join what is open at the server: it ended, or an assistant began it. */
const STARTS_ANEW = new Set(["signed_out", "not_permitted"]);

/** Until when nobody may try, by the page's own clock; how often it was wrong is kept over a reload. */
export const lockedUntilMs = signal(0);
let wrong = 0;
let recalled = null;

/** What was tried before this page was loaded. */
export const recallTries = (database) => (recalled ??= readKept(database, "tries").then((kept) => {
  if (!kept) return;
  wrong = kept.wrong;
  const leftMs = Math.min(kept.forMs, kept.untilMs - Date.now()); // a wall clock that was set locks nobody out
  if (leftMs > 0) lockedUntilMs.value = performance.now() + leftMs;
}));

/**
 * @param {{database: any, device: string, sync: any}} shell
 * @returns {Promise<"in"|"wrong"|"locked"|"no_server"|"not_checked"|"not_enrolled">}
 */
export async function signIn(shell, name, pin) {
  await recallTries(shell.database);
  if (lockedUntilMs.value > performance.now()) return "locked";
  const outcome = (await askServer(shell, name, pin)) ?? (await askVerifier(shell, name, pin));
  if (outcome === "in") await becomeActive(shell, name).then(noteSignedIn);
  if (outcome === "wrong") await countTry(shell.database);
  return outcome;
}

async function askServer(shell, name, pin) {
  const signedIn = server.value.status !== 401 && bundle.value !== null;
  let answer = signedIn ? await call("POST", "/api/v1/tablet/actors", { name, pin }) : null;
  if (answer === null || STARTS_ANEW.has(answer.body?.code)) {
    if (answer?.status === 403) await whenWritten().then(shell.sync.flush); // taken under that sign-in alone, which ends here
    answer = await call("POST", "/api/v1/sign-in", { name, pin, device: shell.device });
  }
  learnTime(answer);
  if (answer.status === 429) {
    await lock(shell.database, answer.retryAfterS * 1000 || WAIT_MS);
    return "locked";
  }
  if (answer.status === 200) {
    server.value = { ...server.value, reached: true, status: 200, code: null };
    await fetchEvening(shell.database);
    shell.sync.actorIsKnown(name);
    retryLive(); // a stream that was refused isn't asked for again by itself
    return "in";
  }
  if (answer.body?.code === "tablet_not_enrolled") return "not_enrolled";
  return answer.status === 401 || answer.status === 403 || answer.status === 422 ? "wrong" : null;
}

async function askVerifier({ database }, name, pin) {
  const verifiers = await unseal(database, "verifiers");
  if (verifiers === null || !verifiers.of[name]) return "no_server";
  if (!areVerifiersValid(verifiers.serverUtc, readNowMs())) return "not_checked";
  return (await checkPin(pin, verifiers.of[name])) ? "in" : "wrong";
}

async function becomeActive({ database }, name) {
  wrong = 0;
  await keep(database, "tries", { wrong, untilMs: 0, forMs: 0 });
  const role = bundle.value?.staff.find((person) => person.name === name)?.role ?? "trainer";
  const active = { name, role, sinceMs: readNowMs() };
  await keep(database, "actor", active);
  actor.value = active;
}

function countTry(database) {
  wrong += 1;
  return wrong >= WRONG_IN_A_ROW ? lock(database, WAIT_MS) : keep(database, "tries", { wrong, untilMs: 0, forMs: 0 });
}

function lock(database, forMs) {
  wrong = 0;
  lockedUntilMs.value = performance.now() + forMs;
  return keep(database, "tries", { wrong, untilMs: Date.now() + forMs, forMs });
}
