// The order of a start: store, what was shown last, the code of a card; then the server, again and again.

import { batch } from "@preact/signals";
import { parseUtc } from "/tablet/app/core/envelope.js";
import { computeWaitMs } from "/tablet/app/core/backoff.js";
import { forget, keep, readDevice, readKept } from "/tablet/app/shell/database.js";
import { readEntries } from "/tablet/app/shell/outbox.js";
import { readKnownOffsetMs, readNowMs, rememberOffset } from "/tablet/app/shell/time.js";
import { destroy, seal, unseal } from "/tablet/app/shell/vault.js";
import { ask, sendWaiting } from "../shell/sending.js";
import { forgetShown, openStore, VIEW } from "../shell/store.js";
import { registerWorker } from "../shell/worker.js";
import { useStore } from "./acts.js";
import { author, left, noteEntries, nowMs, path, reached, refusal, screen, seenMs, status, view } from "./model.js";

const TICK_MS = 250;
const IN_SESSION_MS = 5000; // a trainer's hold is seen here that much later at most
const ELSE_MS = 60_000;
const SIGNED_OUT = 401;
const LEAVING = "leaving"; // who has given the tablet back while something of hers was still to be sent
const CODE = /^#[A-Za-z0-9_-]{22}$/;

let database = null;
let timer = 0;
let failures = 0;
let running = null;

export async function start() {
  database = await openStore();
  useStore({ database, device: await readDevice(database), flush });
  rememberOffset((await readKept(database, "offset")) ?? 0);
  noteEntries(await readEntries(database));
  await useCode();
  if (await readKept(database, LEAVING)) await hide();
  const kept = await unseal(database, VIEW).catch(() => null);
  if (kept && status.value === "opening") show(kept.view, kept.seenMs);
  setInterval(() => (nowMs.value = readNowMs()), TICK_MS);
  addEventListener("online", flush);
  addEventListener("hashchange", async () => (await useCode(), flush())); // a card scanned while this is open
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  registerWorker();
  navigator.storage?.persist?.();
  const first = flush();
  if (status.value === "opening") await first;
}

/** The code is in the address's fragment, which no server is sent and no log holds; it goes from there. */
async function useCode() {
  const code = location.hash;
  if (code === "") return;
  history.replaceState(null, "", location.pathname);
  const answer = CODE.test(code) ? await ask("POST", "/api/v1/own/sign-in", { code: code.slice(1) }) : { status: 403 };
  if (answer.status === 204) {
    refusal.value = null;
    left.value = false;
    await forget(database, LEAVING);
    return forgetShown(database);
  }
  refusal.value = { status: answer.status, waitS: answer.retryAfterS ?? 0 };
}

/** Now: on a tap, on coming back, when a network is there. */
export function flush() {
  running ??= bring().finally(() => (running = null));
  return running;
}

async function bring() {
  clearTimeout(timer);
  const leaver = await readKept(database, LEAVING);
  if (leaver) return scheduleNext((await finishLeaving(leaver)) ? null : 0);
  const answered = author.value === null ? { sent: true } : await sendWaiting(database, author.value, noteEntries);
  const answer = await ask("GET", "/api/v1/own");
  reached.value = answer.status > 0;
  if (answer.status === 200) await noteView(answer.body);
  if (answer.status === 401) await signOutHere();
  if (answer.status === 0 && status.value === "opening") status.value = "signed_out";
  const isDone = answered.sent && answer.status > 0 && answer.status < 500;
  scheduleNext(isDone ? null : answer.retryAfterS);
}

/** @param {number|null} retryAfterS null: all went well */
function scheduleNext(retryAfterS) {
  failures = retryAfterS === null ? 0 : failures + 1;
  const idleMs = view.value?.now ? IN_SESSION_MS : ELSE_MS;
  timer = setTimeout(flush, retryAfterS === null ? idleMs : computeWaitMs(failures, Math.random(), retryAfterS));
}

async function noteView(body) {
  const isOther = view.value !== null && view.value.me.code !== body.me.code;
  if (isOther) await forgetShown(database);
  show(body, parseUtc(body.server_utc));
  await keep(database, "offset", readKnownOffsetMs());
  await seal(database, VIEW, { view: body, seenMs: seenMs.value });
}

function show(shown, atMs) {
  batch(() => {
    view.value = shown;
    seenMs.value = atMs;
    nowMs.value = readNowMs();
    status.value = "ready";
  });
}

/** Her session is over, or somebody ended it: nothing of hers stays to be seen; what waits is kept. */
async function signOutHere() {
  await forgetShown(database);
  showNothing();
}

function showNothing() {
  batch(() => {
    view.value = null;
    path.value = null;
    screen.value = "today";
    status.value = "signed_out";
  });
}

/** A tablet goes back to the trainer: nothing of hers is to be seen any more, from this tap on. What isn't
 * sent yet goes on being sent behind it, and then her session ends. */
export async function leave() {
  await keep(database, LEAVING, author.value);
  await running;
  await hide();
  flush();
}

async function hide() {
  left.value = true;
  await destroy(database, VIEW);
  showNothing();
}

/** @returns {Promise<boolean>} whether it is over */
async function finishLeaving(leaver) {
  const { sent, status: answered } = await sendWaiting(database, leaver, noteEntries);
  reached.value = answered > 0;
  if (!sent && answered !== SIGNED_OUT) return false;
  const answer = await ask("POST", "/api/v1/own/sign-out");
  reached.value = answer.status > 0;
  if (answer.status !== 204) return false;
  await forgetShown(database);
  await forget(database, LEAVING);
  return true;
}
