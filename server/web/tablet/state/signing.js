// Who is working: her PIN at the server, or against her verifier when there is none. Changing who taps
// never ends anything, and signing out never touches an entry.

import { signal } from "@preact/signals";
import { call } from "../shell/api.js";
import { keep } from "../shell/database.js";
import { areVerifiersValid, checkPin } from "../shell/pin.js";
import { learnTime, readNowMs } from "../shell/time.js";
import { unseal } from "../shell/vault.js";
import { fetchEvening } from "./evening_fetch.js";
import { retryLive } from "./live.js";
import { actor, bundle, server } from "./model.js";
import { notePresent } from "./presence.js";

const WRONG_IN_A_ROW = 5; // ux T1
const WAIT_MS = 30_000;
/** Her PIN can't join what is open at the server: it ended, or an assistant began it. */
const STARTS_ANEW = new Set(["signed_out", "not_permitted"]);

/** Since when nobody may try, and how often it was wrong. */
export const lockedUntilMs = signal(0);
let wrong = 0;

/**
 * @param {{database: any, device: string, sync: any}} shell
 * @returns {Promise<"in"|"wrong"|"locked"|"no_server"|"not_checked">}
 */
export async function signIn(shell, name, pin) {
  if (lockedUntilMs.value > performance.now()) return "locked";
  const outcome = (await askServer(shell, name, pin)) ?? (await askVerifier(shell, name, pin));
  if (outcome === "in") await becomeActive(shell, name).then(notePresent);
  if (outcome === "wrong" && ++wrong >= WRONG_IN_A_ROW) lock(WAIT_MS);
  return outcome;
}

async function askServer(shell, name, pin) {
  const signedIn = server.value.status !== 401 && bundle.value !== null;
  let answer = signedIn ? await call("POST", "/api/v1/tablet/actors", { name, pin }) : null;
  if (answer === null || STARTS_ANEW.has(answer.body?.code)) {
    answer = await call("POST", "/api/v1/sign-in", { name, pin, device: shell.device });
  }
  learnTime(answer);
  if (answer.status === 429) {
    lock(answer.retryAfterS * 1000 || WAIT_MS);
    return "locked";
  }
  if (answer.status === 200) {
    server.value = { ...server.value, reached: true, status: 200, code: null };
    await fetchEvening(shell.database);
    shell.sync.actorIsKnown(name);
    retryLive(); // a stream that was refused isn't asked for again by itself
    return "in";
  }
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
  const role = bundle.value?.staff.find((person) => person.name === name)?.role ?? "trainer";
  const active = { name, role, sinceMs: readNowMs() };
  await keep(database, "actor", active);
  actor.value = active;
}

function lock(ms) {
  wrong = 0;
  lockedUntilMs.value = performance.now() + ms;
}
