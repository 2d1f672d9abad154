// T1: a card, six digits, two seconds, no keyboard. Works without a server; ends nothing.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { bundle, counts, nowMs, sessionId } from "../state/model.js";
import { askEnrolment, enrolment, mayEnrol } from "../state/enrolment.js";
import { lockTablet } from "../state/locking.js";
import { lockedUntilMs, recallTries, signIn } from "../state/signing.js";
import { closeSheet, openSheet, sheet } from "../state/ui.js";
import { Enrol, takeCodeOfAddress } from "./enrol.js";
import { LanguageKey } from "./language_key.js";
import { NumberPad } from "./number_pad.js";
import { sayQueue } from "./queue_words.js";
import { Revoked } from "./revoked.js";
import { StaffHere } from "./staff_here.js";
import { roleWord } from "./truth_line.js";

const PIN_DIGITS = 6;

export function Who({ shell }) {
  const [code, setCode] = useState(() => takeCodeOfAddress());
  useEffect(() => void askEnrolment(shell.database), []);
  if (enrolment.value.isRevoked) return html`<${Revoked} shell=${shell} />`;
  if (code !== null) return html`<${Enrol} shell=${shell} given=${code} onBack=${() => setCode(null)} />`;
  return html`<${Working} shell=${shell} onEnrol=${() => setCode("")} />`;
}

function Working({ shell, onEnrol }) {
  const staff = bundle.value?.staff ?? [];
  const [name, setName] = useState(staff.length === 1 ? staff[0].name : "");
  const over = sheet.value?.name === "who";
  return html`<main class=${over ? "who sheet-half" : "who"} aria-label=${t("Who is working")}>
    <div class="sheet-head"><h1>${t("Who is working?")}</h1>
      ${over && html`<button type="button" class="key" onClick=${() => lockTablet(shell)}>${t("Lock this tablet")}</button>
        <button type="button" class="key close" onClick=${closeSheet}>${t("Back")}</button>`}</div>
    ${staff.length > 0 ? html`<${Cards} staff=${staff} name=${name} onPick=${setName} />` : html`<${FirstName} name=${name} onName=${setName} />`}
    <div class="beside-pin"><${Pin} key=${name} shell=${shell} name=${name} />
      ${over && html`<${StaffHere} />`}</div>
    ${!over && html`<div class="chips"><${LanguageKey} />
      ${mayEnrol && html`<button type="button" class="key wide" onClick=${onEnrol}>${enrolment.value.name === null ? t("Enrol this tablet") : t("What this tablet can do")}</button>`}</div>
      ${sayEnrolled() && html`<p class="said">${sayEnrolled()}</p>`}`}
    ${!over && counts.value.waiting > 0 && html`<p class="said">${sayQueue(counts.value)}</p>
        <button type="button" class="plain" onClick=${() => openSheet("connection")}>${t("Connection")}</button>`}
  </main>`;
}

function sayEnrolled() {
  if (location.hash === "#left") return t("This tablet was revoked and has erased itself. What waited here is with the server.");
  const { name, isRequired } = enrolment.value;
  return name === null && isRequired ? t("This study takes enrolled tablets only, and this isn't one yet.") : "";
}

function Cards({ staff, name, onPick }) {
  return html`<ul class="staff">
    ${staff.map((person) => html`<li>
      <button type="button" class="staff-card" aria-pressed=${person.name === name} onClick=${() => onPick(person.name)}>
        <b class="person">${person.name}</b><span>${roleWord(person.role)}</span>
      </button></li>`)}
  </ul>`;
}

function FirstName({ name, onName }) {
  return html`<label class="field">${t("Your name, as the study's administrator wrote it")}
    <input type="text" autocomplete="username" autocapitalize="none" spellcheck=${false} value=${name} onInput=${(event) => onName(event.target.value.trim().toLowerCase())} />
  </label>`;
}

/** Six digits of somebody. @param {{shell: object, name: string, onIn?: () => void}} props */
export function Pin({ shell, name, onIn = closeSheet }) {
  const [pin, setPin] = useState("");
  const [outcome, setOutcome] = useState("");
  const waitS = Math.ceil((lockedUntilMs.value - performance.now()) / 1000);
  nowMs.value; // counts the wait down
  useEffect(() => { recallTries(shell.database); }, []);
  useEffect(() => {
    if (pin.length < PIN_DIGITS) return;
    setOutcome("asking");
    signIn(shell, name, pin).then((found) => {
      setOutcome(found);
      setPin("");
      if (found === "in") onIn();
    });
  }, [pin]);
  const busy = name === "" || outcome === "asking" || waitS > 0;
  return html`<div class="pin">
    <p class="dots" role="img" aria-label=${t("{n} of 6 digits", { n: pin.length })}>
      ${Array.from({ length: PIN_DIGITS }, (_, place) => html`<span data-filled=${place < pin.length}></span>`)}
    </p>
    <${NumberPad} disabled=${busy} onBack=${() => setPin(pin.slice(0, -1))}
      onDigit=${(digit) => pin.length < PIN_DIGITS && setPin(pin + digit)} />
    <p class="said" role="status">${waitS > 0 ? t("Wrong too often. Wait {n} s. The session goes on.", { n: waitS }) : sayOutcome(outcome, name)}</p>
  </div>`;
}

function sayOutcome(outcome, name) {
  if (name === "") return bundle.value ? t("Tap your card.") : t("Write your name first.");
  if (outcome === "asking") return t("Checking…");
  if (outcome === "wrong") return t("That PIN isn't {name}'s. Try again.", { name });
  if (outcome === "not_enrolled") return t("This tablet isn't enrolled, and this study takes enrolled ones only. What waits here is kept.");
  if (outcome === "no_server") return t("No server, and this tablet doesn't know {name}'s PIN yet. Go near the Wi-Fi once.", { name });
  if (outcome === "not_checked") return t("No server, and it is more than 12 h since this tablet met it. Go near the Wi-Fi once.");
  return sessionId.value ? t("{name}: six digits. The session goes on meanwhile.", { name }) : t("{name}: six digits.", { name });
}
