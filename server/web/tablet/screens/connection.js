// T11: what is where, in words, and what to do about it.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { formatClock, formatLong } from "../core/words_of_time.js";
import { html } from "../html.js";
import { keep } from "../shell/database.js";
import { saveOutbox } from "../shell/outbox_file.js";
import { signalsOn } from "../shell/sound.js";
import { readOffsetMs } from "../shell/time.js";
import { offlineReady } from "../shell/worker.js";
import { feed, retryLive } from "../state/live.js";
import { lockTablet } from "../state/locking.js";
import { askEnrolment } from "../state/enrolment.js";
import { bundle, counts, entries, server, sessionId } from "../state/model.js";
import { closeSheet, hand, openSheet } from "../state/ui.js";
import { sayEnrolment } from "./enrolment_words.js";
import { kindWord } from "./kind_words.js";
import { LanguageKey } from "./language_key.js";
import { lazy } from "./lazy.js";
import { sayQueue } from "./queue_words.js";
import { sayRefusal } from "./refusal_words.js";

const HandOver = lazy(() => import("./hand_over.js"), "HandOver");
const TakeOver = lazy(() => import("./take_over.js"), "TakeOver");

export function ConnectionSheet({ shell }) {
  const [isKept, setKept] = useState(null);
  const [between, setBetween] = useState(null); // "show" or "read": from tablet to tablet
  useEffect(() => {
    askEnrolment(shell.database);
    if (navigator.storage?.persisted) navigator.storage.persisted().then(setKept);
    else setKept(false); // who can't be asked promises nothing
  }, []);
  const refused = [...entries.value.values()].filter(({ state }) => state === "refused");
  const tryNow = () => {
    shell.sync.flush();
    retryLive();
  };
  return html`<section class="connection sheet-full" aria-label=${t("Connection")}>
    <header><h1>${t("Connection")}</h1><button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></header>
    ${between && html`<${between === "show" ? HandOver : TakeOver} shell=${shell} onBack=${() => setBetween(null)} />`}
    <div class="facts" tabindex="0" hidden=${between !== null}>
      <dl class="where-list">${listFacts(shell, isKept).map(([what, said]) => html`<div><dt>${what}</dt><dd>${said}</dd></div>`)}</dl>
      ${refused.length > 0 && html`<div class="refused"><h2>${t("Set aside by the server")}</h2>
        <ul>${refused.map(({ id, envelope, refusal }) => html`<li key=${id}>${formatClock(Date.parse(envelope.occurred_at))} ${kindWord(envelope.kind)} ${envelope.about}: ${sayRefusal(refusal)}</li>`)}</ul></div>`}
    </div>
    <footer class="bar" hidden=${between !== null}>
      <button type="button" class="key wide" onClick=${tryNow}>${t("Try now")}</button>
      <button type="button" class="key wide" onClick=${() => saveOutbox(shell, bundle.value?.study ?? null)}>${t("Save outbox to file")}</button>
      <button type="button" class="key wide" onClick=${() => setBetween("show")}>${t("Show QR to the other tablet")}</button>
      <button type="button" class="key wide" onClick=${() => setBetween("read")}>${t("Read QR of the other tablet")}</button>
      <button type="button" class="key wide" onClick=${() => openSheet("who")}>${t("Enter a PIN")}</button>
      <button type="button" class="key wide" onClick=${() => lockTablet(shell)}>${t("Lock this tablet")}</button>
      ${offlineReady.value === "untrusted" && html`<a class="key wide" href="/trust" target="_blank" rel="noopener">${t("How to trust it")}</a>`}
      ${SWITCHES().map(([name, on, off]) => html`<button type="button" class="key wide" aria-pressed=${signalsOn[name].value} onClick=${() => switchSignal(shell, name)}>${signalsOn[name].value ? on : off}</button>`)}
      <${LanguageKey} />
      <button type="button" class="key wide" onClick=${() => switchHand(shell)}>${hand.value === "right" ? t("Keys for the right hand") : t("Keys for the left hand")}</button>
    </footer>
  </section>`;
}

const SWITCHES = () => [["tone", t("Tones on"), t("Tones off")], ["voice", t("Voice on"), t("Voice off")], ["flash", t("Flash on"), t("Flash off")]];

function switchSignal({ database }, name) {
  signalsOn[name].value = !signalsOn[name].value;
  keep(database, "signals-off", Object.keys(signalsOn).filter((one) => !signalsOn[one].value));
}

function switchHand({ database }) {
  hand.value = hand.value === "right" ? "left" : "right";
  keep(database, "hand", hand.value);
}

function listFacts({ device }, isKept) {
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
