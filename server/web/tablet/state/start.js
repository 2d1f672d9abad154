// The order of a start: store, entries, people, session; then stream, sync and the tick.

import { batch, computed } from "@preact/signals";
import { parseUtc } from "../core/envelope.js";
import { openDatabase, keep, readDevice, readKept } from "../shell/database.js";
import { readEntries } from "../shell/outbox.js";
import { readReceived } from "../shell/received.js";
import { stayAwake } from "../shell/awake.js";
import { createSync } from "../shell/sync.js";
import { readKnownOffsetMs, readNowMs, rememberOffset } from "../shell/time.js";
import { useShell } from "./entering.js";
import { readEvening } from "./evening.js";
import { readActor, watchLock } from "./locking.js";
import { ageLive, openLive } from "./live.js";
import { assumedOffsets, clock, foldedAtMs, noteEntries, noteReceived, nowMs, received, server, sessionId, things } from "./model.js";
import { hand } from "./ui.js";

const TICK_MS = 250;
const FETCH_EVERY_MS = 2000;
const ALIVE_EVERY_MS = 5000;

export async function startShell() {
  const database = await openDatabase();
  const device = await readDevice(database);
  noteEntries(await readEntries(database));
  const alive = await readKept(database, "alive");
  const offsetMs = alive?.offsetMs ?? 0;
  rememberOffset(offsetMs);
  assumedOffsets.value = { [device]: offsetMs };
  await readEvening(database);
  await showReceived(database);
  await readActor(database);
  hand.value = (await readKept(database, "hand")) ?? "right";
  const sync = createSync(database, { onEntries, onReceived, onServer, readSession: () => sessionId.value });
  const shell = { database, device, sync };
  useShell(shell);
  tick();
  startTimers(shell, alive?.ms);
  return shell;
}

/** Another session's entries of other tablets, as far as this one has them. */
export async function showReceived(database) {
  received.value = new Map();
  if (sessionId.value !== null) noteReceived(await readReceived(database, sessionId.value));
  refold();
}

function startTimers({ database, device, sync }, lastMs) {
  const wake = () => document.visibilityState === "visible" && sync.flush();
  setInterval(tick, TICK_MS);
  setInterval(ageLive, TICK_MS);
  setInterval(() => document.visibilityState === "visible" && sync.beat(), FETCH_EVERY_MS);
  watchLock({ database });
  noteAlive(database);
  setInterval(() => noteAlive(database), ALIVE_EVERY_MS);
  bringLater({ database, device, sync }, lastMs);
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  openLive(() => server.value.reached === false && sync.flush());
  stayAwake();
  navigator.storage?.persist?.();
  sync.flush();
}

// What no tap waits for. Without any of it the app works, and the connection sheet says so.
async function bringLater(shell, lastMs) {
  const { database, device } = shell;
  const { noteReturn, watchFreeze } = await import("./returning.js");
  noteReturn(database, lastMs);
  watchFreeze(database);
  (await import("./meeting.js")).watchMeeting(shell);
  (await import("./renewing.js")).watchEvening(shell);
  const { registerWorker } = await import("../shell/worker.js");
  registerWorker();
  const { watchBattery } = await import("../shell/battery.js");
  watchBattery();
  const { takeBaselines } = await import("./baselines.js");
  setInterval(() => takeBaselines(device), ALIVE_EVERY_MS);
  (await import("./movement.js")).watchMovement();
  (await import("./looks.js")).watchLooks();
  (await import("./late_warmup.js")).watchWarmUps();
}

/** What comes next makes the fold anew; so does the server's time when it lies before what was believed. */
function tick() {
  nowMs.value = readNowMs();
  if (foldedAtMs.value === 0 || nowMs.value < foldedAtMs.value || nowMs.value >= nextMs.value) refold();
}

/** When a segment ends, which changes what is assumed; and when it is time here for what somebody did to
 * the clock on a tablet that is a little ahead of this one. */
const nextMs = computed(() => Math.min(...[clock.value.ends_at, ...things.value.all.map(readClockAct)]
  .map((at) => parseUtc(at)).filter((ms) => ms > foldedAtMs.value)));

const readClockAct = ({ kind, shown }) => kind.startsWith("clock_") && shown?.value.at;

function refold() {
  batch(() => {
    nowMs.value = readNowMs();
    foldedAtMs.value = nowMs.value;
  });
}

const noteAlive = (database) =>
  keep(database, "alive", { ms: readNowMs(), offsetMs: readKnownOffsetMs() });

const onEntries = noteEntries;

function onReceived(session, events) {
  if (session !== sessionId.value) return;
  batch(() => noteReceived(events) && refold());
}

function onServer(about) {
  const before = server.value;
  const after = { ...before, ...about };
  if (about.reached === true) after.sinceMs = readNowMs();
  const changed = Object.keys(about).some((key) => before[key] !== after[key]) || Math.abs((after.sinceMs ?? 0) - (before.sinceMs ?? 0)) > 5000; // back, too: as the server's time is learnt
  if (changed) server.value = after;
}

