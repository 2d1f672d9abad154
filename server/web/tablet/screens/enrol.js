// T0: what this tablet can do at this address, and the code by which it becomes one of the study's.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { enrol, enrolment } from "../state/enrolment.js";
import { tonight } from "../state/tonight.js";
import { Checklist } from "./checklist.js";
import { CodeCamera } from "./code_camera.js";

const LETTERS = 6;
const MARK = "#enrol=";

/** What a code's address brought along; taken out of the address, so that nobody reads it there. */
export function takeCodeOfAddress() {
  const code = readCode(location.hash);
  if (code !== null) history.replaceState(null, "", location.pathname);
  return code;
}

const readCode = (text) => (text.includes(MARK) ? text.split(MARK)[1].slice(0, LETTERS) : null);

export function Enrol({ shell, given = "", onBack }) {
  const [code, setCode] = useState(given);
  const [said, setSaid] = useState("");
  const [isScanning, setScanning] = useState(false);
  const { name } = enrolment.value;
  const send = async () => {
    setSaid(t("Asking the server…"));
    setSaid(sayOutcome(await enrol(shell, code)));
  };
  const onText = (text) => {
    const found = readCode(text);
    if (found === null) return setSaid(t("This code is none of a tablet. Scan the one on the page Tablets."));
    setCode(found);
    setScanning(false);
  };
  return html`<main class="enrol" aria-label=${t("Enrol this tablet")}>
    <header class="sheet-head"><h1>${t("Enrol this tablet")}</h1><button type="button" class="key close" onClick=${onBack}>${t("Back")}</button></header>
    <section class="stack" aria-label=${t("Code")}>
      ${name !== null ? html`<p class="calm" role="status">${t("This tablet is enrolled as {name}.", { name })}</p>` : html`
        <p>${t("A trainer makes a code on a computer, on the page Tablets. It lasts ten minutes.")}</p>
        <label class="field">${t("The code: six letters and digits")}
          <input class="code-field" type="text" dir="ltr" autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="8" value=${code} onInput=${(event) => setCode(event.target.value)} /></label>
        <div class="chips"><button type="button" class="main-action" disabled=${code.trim().length < LETTERS} onClick=${send}>${t("Enrol")}</button>
          <button type="button" class="key wide" onClick=${() => setScanning(!isScanning)}>${isScanning ? t("Stop scanning") : t("Scan the code")}</button></div>
        ${isScanning && html`<${CodeCamera} onText=${onText} onTrouble=${(sentence) => { setScanning(false); setSaid(sentence); }} />`}
        <p role="status">${said}</p>`}
      <div class="chips"><a class="key wide" href=${`/sessions/${tonight.value?.id ?? "tonight"}/sheet`} target="_blank" rel="noopener">${t("Print tonight's sheet")}</a>
        <a class="key wide" href="/trust" target="_blank" rel="noopener">${t("How to trust it")}</a></div>
    </section>
    <${Checklist} />
  </main>`;
}

function sayOutcome({ outcome, waitS }) {
  if (outcome === "in") return "";
  if (outcome === "refused") return t("This code can't be used. Look at it again, or make a new one: it works once, for ten minutes.");
  if (outcome === "wait") return t("Too many wrong codes. Wait {n} s and try again.", { n: waitS });
  if (outcome === "taken") return t("A tablet of this name is in use, or this one is enrolled already. Look at the page Tablets.");
  if (outcome === "no_server") return t("No server. Go near the Wi-Fi and try again.");
  return t("The server can't take this now. Try again in a moment.");
}
