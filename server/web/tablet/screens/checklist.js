// What a tablet needs, looked at now: the same checks as the page of the self-test, in the app itself.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { checkAwake, checkSecure, checkStorage } from "/static/self_test_checks.js";
import { checkClock } from "/static/self_test_clock.js";
import { canPlay, heard, noSound, notHeard, playTone } from "/static/self_test_sound.js";
import { html } from "../html.js";
import { offlineReady } from "../shell/worker.js";

const SHAPES = { ok: "✓", bad: "✕", absent: "▭", open: "◌" };
const WORDS = () => ({ ok: t("OK"), bad: t("Not OK"), absent: t("Not here"), open: t("Not known") });

const LINES = () => [
  ["secure", t("Secure address")], ["worker", t("Works offline")], ["storage", t("Storage kept")],
  ["awake", t("Screen stays awake")], ["sound", t("Sound")], ["clock", t("Clock within 1 s of the server")],
];

export function Checklist() {
  const [found, setFound] = useState({});
  const note = (name) => (result) => setFound((before) => ({ ...before, [name]: result }));
  useEffect(() => {
    checkStorage().then(note("storage"));
    checkAwake().then(note("awake"));
    checkClock().then(note("clock"));
  }, []);
  const untrusted = offlineReady.value === "untrusted";
  useEffect(() => void checkSecure(Promise.resolve({ untrusted })).then(note("secure")), [untrusted]);
  const lines = { ...found, worker: judgeWorker(offlineReady.value) };
  return html`<section class="checklist" aria-label=${t("What this tablet can do here")}><ul>
    ${LINES().map(([name, what]) => html`<${Line} key=${name} name=${name} what=${what} result=${lines[name]}>
      ${name === "sound" && html`<${Sound} onResult=${note("sound")} />`}
    <//>`)}</ul></section>`;
}

function Line({ name, what, result = { state: "open", said: "" }, children }) {
  const { state, said } = result;
  return html`<li data-check=${name} data-state=${state}><b>${what}</b> <span>${SHAPES[state]} ${WORDS()[state]}</span>
    ${state !== "ok" && said && html`<p>${said}</p>`}${children}</li>`;
}

function judgeWorker(ready) {
  if (ready === "ready") return { state: "ok", said: "" };
  if (ready === "installing") return { state: "open", said: t("Getting ready to open without Wi-Fi…") };
  if (ready === "untrusted") return { state: "bad", said: t("This address isn't trusted yet. You can run a session, but if Wi-Fi drops you'll need paper.") };
  return { state: "bad", said: t("Doesn't open without Wi-Fi yet: keep this page open.") };
}

function Sound({ onResult }) {
  const [isAsking, setAsking] = useState(false);
  if (!canPlay()) return html`<p>${noSound().said}</p>`;
  const play = () => playTone().catch(() => {}).then(() => setAsking(true));
  const say = (result) => () => {
    onResult(result);
    setAsking(false);
  };
  return html`<div class="chips">
    <button type="button" class="chip" onClick=${play}>${t("Play a tone")}</button>
    ${isAsking && html`<button type="button" class="chip" onClick=${say(heard())}>${t("I heard it")}</button>
      <button type="button" class="chip" onClick=${say(notHeard())}>${t("I heard nothing")}</button>`}
  </div>`;
}
