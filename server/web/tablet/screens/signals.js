// Ten seconds before a change: tone and edge. At the change: flash, tone, voice. An alert to act on:
// one tone. Each can be off, and nothing depends on sound.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { readKept } from "../shell/database.js";
import { playAct, playChange, playWarning, signalsOn, speak } from "../shell/sound.js";
import { clock, nowMs, participants } from "../state/model.js";
import { alertOf } from "../state/people.js";

const WARN_MS = 10_000; // ux: users of other timers found 5 s stressing
const FLASH_MS = 700;
const JUST_MS = 5000; // another tablet's start comes with the next look at the server

export function Signals({ shell }) {
  const [flash, setFlash] = useState("");
  const last = useRef({ segment: undefined, warned: null, acts: new Set() });
  useEffect(() => { recallSwitches(shell.database); }, []);
  useSignalEffect(() => {
    const now = clock.value;
    const left = now.ends_at === null ? Infinity : Date.parse(now.ends_at) - nowMs.value;
    const seen = last.current;
    if (isChange(seen.segment, now, left) && now.state !== "held") {
      signalChange(now, setFlash);
    } else if (left <= WARN_MS && left > 0 && seen.warned !== now.segment) {
      seen.warned = now.segment;
      playWarning();
    }
    seen.segment = now.segment;
  });
  useSignalEffect(() => {
    const acting = participants.value.filter(({ code }) => alertOf(code)?.level === "act").map(({ code }) => code);
    if (acting.some((code) => !last.current.acts.has(code))) playAct();
    last.current.acts = new Set(acting);
  });
  return html`<div class="flash" data-on=${signalsOn.flash.value ? flash : ""} aria-hidden="true"></div>
    <p class="visually-hidden" role="status">${flash}</p>`;
}

/** For whoever joins a circuit nothing changes, unless it does at that moment. */
const isChange = (before, { segment, segments }, left) => before !== undefined && before !== segment &&
  (before !== null || segments[segment].seconds * 1000 - left < JUST_MS);

async function recallSwitches(database) {
  for (const name of (await readKept(database, "signals-off")) ?? []) signalsOn[name].value = false;
}

function signalChange(now, setFlash) {
  const word = now.state === "done" ? t("The circuit is over") : now.kind === "work" ? t("Begin") : t("Change station");
  playChange();
  speak(word);
  setFlash(word);
  setTimeout(() => setFlash(""), FLASH_MS);
}
