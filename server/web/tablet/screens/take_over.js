// T11, *Read QR of the other tablet*: its entries into this outbox, once a person has seen whose they are.

import { useRef, useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { addCode, isWhole } from "../core/code_series.js";
import { sumUp } from "../core/handover.js";
import { formatDay } from "../core/words_of_day.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { openHandover, takeHandover } from "../state/handing_over.js";
import { CodeCamera } from "./code_camera.js";

export function TakeOver({ shell, onBack }) {
  const read = useRef(null);
  const [said, setSaid] = useState("");
  const [content, setContent] = useState(null);
  const [isDone, setDone] = useState(false);
  const begin = () => {
    read.current = null;
    setSaid("");
  };
  const onText = async (text) => {
    const { read: now, trouble } = addCode(read.current, text);
    read.current = now;
    setSaid(trouble ? sayTrouble(trouble) : sayRead(now));
    if (trouble || !isWhole(now)) return;
    read.current = null;
    const opened = await openHandover(now);
    if (opened.trouble) setSaid(sayTrouble(opened.trouble, opened.about));
    else setContent(opened.content);
  };
  const take = async () => {
    const n = await takeHandover(shell, content);
    setDone(true);
    setSaid(sayTaken(n, content.entries.length));
  };
  return html`<div class="handover"><div class="stack">
      <p>${t("On the other tablet, tap Show QR to the other tablet. Hold this camera before its screen.")}</p>
      ${content === null ? html`<p role="status">${said || t("No code was read yet.")}</p>` : html`<p class="calm">${saySum(sumUp(content))}</p>
        ${isDone ? html`<p role="status">${said}</p>` : html`<button type="button" class="main-action" onClick=${take}>${t("Take them")}</button>`}`}
      <div class="chips">${content === null && html`<button type="button" class="key wide" onClick=${begin}>${t("Begin again")}</button>`}
        <button type="button" class="key wide" onClick=${onBack}>${t("Back")}</button></div>
    </div>
    ${content === null && html`<${CodeCamera} onText=${onText} onTrouble=${setSaid} />`}
  </div>`;
}

function sayRead({ parts, count }) {
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((n) => !parts.has(n));
  if (missing.length === 0) return t("All {n} codes were read. Looking at them…", { n: count });
  const few = missing.length <= 5 ? ` ${t("Missing: {which}.", { which: missing.join(", ") })}` : "";
  return t("{n} of {all} codes were read. Keep the camera there.", { n: parts.size, all: count }) + few;
}

function sayTrouble(trouble, about) {
  const words = {
    other: t("This code is none of a tablet's outbox."),
    newer: t("The other tablet's app is newer than this one. Use the new version here first, or save its outbox to a file."),
    damaged: t("A code couldn't be read whole. It comes again: keep the camera there."),
    mixed: t("These are codes of another series. What was read of the first one is kept; to read this one, tap Begin again."),
    no_handover: t("What was read isn't what a tablet shows. Nothing was taken. Begin again."),
    practice: t("These are entries of a practice. Nothing was taken."),
    evening: t("These are entries of an evening, and this is a practice. Nothing was taken."),
    other_study: t("These entries are of the study {about}, and this tablet is of another one. Nothing was taken.", { about }),
    stranger: t("Nobody on this tablet is called {about}: is it a tablet of another study? Nothing was taken.", { about }),
  };
  return words[trouble];
}

function saySum({ device, n, of, first, last }) {
  const who = Object.entries(of).map(([name, count]) => `${name} ${count}`).join(", ");
  const [from, to] = [Date.parse(first), Date.parse(last)];
  return tn("{n} entry of tablet {device}: {who}, {day}, {from} to {to}.", "{n} entries of tablet {device}: {who}, {day}, {from} to {to}.", n,
    { device, who, day: formatDay(from, document.documentElement.lang), from: formatClock(from), to: formatClock(to) });
}

function sayTaken(n, all) {
  if (n === 0) return t("All of them were here already. Nothing was doubled.");
  const sent = t("They go to the server by themselves; entries of somebody who isn't signed in here wait for her PIN.");
  return n === all ? `${tn("{n} entry was taken.", "{n} entries were taken.", n)} ${sent}`
    : `${t("{n} were taken, {known} were here already.", { n, known: all - n })} ${sent}`;
}
