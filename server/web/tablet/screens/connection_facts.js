// What is where, in words: tablet, server, queue, gateways, storage, backup, clocks.

import { t } from "/static/translate.js";
import { formatClock, formatLong } from "../core/words_of_time.js";
import { readOffsetMs } from "../shell/time.js";
import { offlineReady } from "../shell/worker.js";
import { feed } from "../state/live.js";
import { counts, server, sessionId } from "../state/model.js";
import { sayEnrolment } from "./enrolment_words.js";
import { sayQueue } from "./queue_words.js";

/** @param {object} shell @param {?boolean} isKept whether the browser keeps the store @returns {string[][]} what, and what is said of it */
export function listFacts({ device }, isKept) {
  const { saved, refused: aside } = counts.value;
  return [
    [t("This tablet"), t("{n} entries saved. Device {device}. {offline}", { n: saved, device, offline: sayOffline() })],
    [t("Enrolled"), sayEnrolment()],
    [t("Server"), sayServer()],
    [t("Queue"), sayQueue(counts.value)],
    ...(aside > 0 ? [[t("Set aside"), t("{n} entries weren't accepted. They are kept here and in the file.", { n: aside })]] : []),
    [t("Gateway"), sayGateways()],
    [t("Storage"), sayStorage(isKept)],
    [t("Backup"), sayBackup()],
    [t("Clocks"), [sayClock(), ...sayGatewayClocks()].join(" ")],
    [t("Session"), sessionId.value ?? t("none open")],
  ];
}

function sayBackup() {
  const { backedUp } = server.value;
  if (backedUp === undefined) return t("The server hasn't said yet what is backed up.");
  if (backedUp === null) return t("This server keeps no backup: what it has is on one disk.");
  return t("{n} of {all} entries are in a backup on another disk. It is made every five minutes.", { n: counts.value.backedUp, all: counts.value.saved });
}

function sayStorage(isKept) {
  if (isKept === null) return t("Not known yet.");
  return isKept ? t("What is here is kept by the browser ✓") : t("What is here may be cleared by the browser after a week without use. Put the app on the home screen.");
}

const sayOffline = () => (offlineReady.value === "ready" ? t("Opens without Wi-Fi ✓")
  : offlineReady.value === "untrusted" ? t("Offline mode is off: this browser doesn't trust the address. A session runs as long as this page stays open; if it closes without Wi-Fi, you need paper.")
  : offlineReady.value === "installing" ? t("Getting ready to open without Wi-Fi…") : t("Doesn't open without Wi-Fi yet: keep this page open."));

function sayServer() {
  const { reached, status, code, sinceMs } = server.value;
  if (reached === null) return t("Not asked yet.");
  if (reached === false) return sinceMs ? t("Away since {time}. Everything is kept here and you can go on.", { time: formatClock(sinceMs) }) : t("Away. Everything is kept here and you can go on.");
  if (status === 401) return t("There, but you are signed out. Entries are kept; enter your PIN to send them.");
  if (code === "tablet_not_enrolled") return t("There, but it takes enrolled tablets only. Entries are kept.");
  if (status >= 400) return t("There, but it refuses ({status}). Entries are kept.", { status });
  return t("There. Last answer {time}.", { time: formatClock(sinceMs) });
}

const SILENT_S = 10;

function sayGateways() {
  const { gateways, phase } = feed.value;
  if (phase !== "live") return t("No news. It keeps its own copy.");
  if (gateways.length === 0) return t("None has called yet.");
  return gateways.map(({ gateway, silentS }) => silentS < SILENT_S ? t("{gateway} ✓", { gateway }) : t("{gateway} silent for {n} s; it keeps its own copy", { gateway, n: Math.floor(silentS) })).join(" · ");
}

function sayClock() {
  const offset = readOffsetMs();
  if (offset === null) return t("This tablet's wasn't compared with the server's since this start.");
  return Math.abs(offset) < 1000 ? t("This tablet's is within a second of the server's.") : t("This tablet's is {time} {side} the server's; entries carry the server's time.", { time: formatLong(Math.abs(offset)), side: offset < 0 ? t("ahead of") : t("behind") });
}

function sayGatewayClocks() {
  const { gateways, phase } = feed.value;
  if (phase !== "live" || gateways.length === 0) return [t("The gateway's isn't known: none is heard.")];
  return gateways.map((one) => sayGatewayClock(one.gateway, one.silentS < SILENT_S ? one.clock_behind_ms : null));
}

/** The way of its quickest upload is in it, so only *ahead* is sure.
 * @param {string} gateway @param {?number} behindMs */
function sayGatewayClock(gateway, behindMs) {
  if (behindMs === null) return t("That of {gateway} isn't known.", { gateway });
  if (Math.abs(behindMs) < 1000) return t("That of {gateway} is within a second of the server's.", { gateway });
  const time = sayApart(Math.abs(behindMs));
  return behindMs > 0
    ? t("That of {gateway} is {time} behind, or what it sends takes that long; heart rates carry its time.", { gateway, time })
    : t("That of {gateway} is {time} ahead of the server's; heart rates carry its time.", { gateway, time });
}

const sayApart = (ms) => (ms < 60_000 ? t("{n} s", { n: Math.round(ms / 1000) }) : formatLong(ms));
