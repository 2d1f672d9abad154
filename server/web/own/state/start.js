// The order of a start: store, what was shown last, the code of a card; then the server, again and again.

import { batch } from "@preact/signals";
import { parseUtc } from "/tablet/app/core/envelope.js";
import { computeWaitMs } from "/tablet/app/core/backoff.js";
import { keep, readDevice, readKept } from "/tablet/app/shell/database.js";
import { readEntries } from "/tablet/app/shell/outbox.js";
import { readKnownOffsetMs, readNowMs, rememberOffset } from "/tablet/app/shell/time.js";
import { destroy, seal, unseal } from "/tablet/app/shell/vault.js";
import { ask, sendWaiting } from "../shell/sending.js";
import { forgetShown, openStore, VIEW } from "../shell/store.js";
import { lockTrainersApp } from "../shell/trainers_app.js";
import { registerWorker } from "../shell/worker.js";
import { useStore } from "./acts.js";
import { isCodePending, takeBegun, takeCode, useCode } from "./code.js";
import { finishLeaving, noteLeaver, readLeaver } from "./leaving.js";
import { author, left, noteEntries, nowMs, path, reached, refusal, saidIn, screen, seenMs, status, unsent, view, waiting } from "./model.js";

const TICK_MS = 250;
const IN_SESSION_MS = 5000; // a trainer's hold is seen here that much later at most
const ELSE_MS = 60_000;

let database = null;
let timer = 0;
let failures = 0;
let running = null;
let next = null; // the run that begins when the running one is over

export async function start() {
  database = await openStore();
  useStore({ database, device: await readDevice(database), flush });
  rememberOffset((await readKept(database, "offset")) ?? 0);
  noteEntries(await readEntries(database));
  takeCode();
  if (isCodePending()) await useCode(database);
  if (await readLeaver(database)) await hide();
  const kept = await unseal(database, VIEW).catch(() => null);
  if (kept && status.value === "opening") show(kept.view, kept.seenMs, kept.language);
  setInterval(() => (nowMs.value = readNowMs()), TICK_MS);
  addEventListener("online", flush);
  addEventListener("hashchange", () => (takeCode(), flush())); // a card scanned while this is open
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  registerWorker();
  navigator.storage?.persist?.();
  const first = flush();
  if (status.value === "opening") await first;
}

/** Now: on a tap, on coming back, when a network is there; and once more where a run began before that. */
export function flush() {
  if (running) return (next ??= running.then(flushAgain, flushAgain));
  running = bring().finally(() => (running = null));
  return running;
}

const flushAgain = () => {
  next = null;
  return flush();
};

async function bring() {
  clearTimeout(timer);
  if (!(await useCode(database))) return scheduleNext(0);
  const leaver = await readLeaver(database);
  if (leaver) return scheduleNext((await finishLeaving(database, leaver)) ? null : 0);
  const before = author.value;
  const answered = before === null ? { sent: true } : await sendWaiting(database, before, noteEntries);
  unsent.value = !answered.sent;
  const answer = await ask("GET", "/api/v1/own");
  reached.value = answer.status > 0;
  if (answer.status === 200) await noteView(answer.body);
  if (answer.status === 401) await signOutHere();
  if (answer.status === 0 && status.value === "opening") status.value = "signed_out";
  const isHere = author.value !== null && author.value !== before;
  if (isHere && waiting.value > 0) return void (timer = setTimeout(flush)); // she gave it here before
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
  const isNew = takeBegun() || view.value?.me.code !== body.me.code;
  if (body.handed_over && isNew) await lockTrainersApp();
  const { lang: language } = document.documentElement;
  show(body, parseUtc(body.server_utc), language);
  await keep(database, "offset", readKnownOffsetMs());
  await seal(database, VIEW, { view: body, seenMs: seenMs.value, language });
}

function show(shown, atMs, language) {
  batch(() => {
    saidIn.value = language;
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
  await noteLeaver(database, author.value);
  await running;
  refusal.value = null;
  await hide();
  flush();
}

async function hide() {
  left.value = true;
  await destroy(database, VIEW);
  showNothing();
}
