// T11: what is where, and what to do about it.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { keep } from "../shell/database.js";
import { saveOutbox } from "../shell/outbox_file.js";
import { signalsOn } from "../shell/sound.js";
import { offlineReady } from "../shell/worker.js";
import { retryLive } from "../state/live.js";
import { lockTablet } from "../state/locking.js";
import { askEnrolment } from "../state/enrolment.js";
import { bundle, entries } from "../state/model.js";
import { closeSheet, hand, openSheet } from "../state/ui.js";
import { listFacts } from "./connection_facts.js";
import { kindWord } from "./kind_words.js";
import { LanguageKey } from "./language_key.js";
import { lazy } from "./lazy.js";
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
