// Past sessions: date and state of each; what one came to is the server's own fold. Codes, never names.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { sumPast } from "../core/past_facts.js";
import { formatDay } from "../core/words_of_day.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { fetchPast, listPast } from "../state/past_sessions.js";
import { closeSheet } from "../state/ui.js";
import { WHAT } from "./event_words.js";

export function PastSessions() {
  const [open, setOpen] = useState(null);
  const lines = listPast();
  return html`<section class="past sheet-full" aria-label=${t("Past sessions")}>
    <header><h1>${t("Past sessions")}</h1><button type="button" class="key close" aria-label=${t("Close")} onClick=${closeSheet}>${"✕"}</button></header>
    ${lines.length === 0 && html`<p class="lead">${t("No session lies behind. The first one is here once it has been held.")}</p>`}
    <ul>${lines.map((line) => html`<li key=${line.id}>
      <button type="button" class="wide-key" aria-expanded=${open === line.id} onClick=${() => setOpen(open === line.id ? null : line.id)}>${sayLine(line)}</button>
      ${open === line.id && html`<${Past} line=${line} />`}
    </li>`)}</ul>
  </section>`;
}

const STATES = { closed: () => t("closed"), running: () => t("not closed"), planned: () => t("not held") };

function sayLine({ ordinal, planned_start: start, state }) {
  const when = start === null ? t("no date") : formatDay(Date.parse(start), document.documentElement.lang);
  const which = ordinal === null ? t("Make-up") : t("Session {n}", { n: ordinal });
  return `${which} · ${when} · ${STATES[state]?.() ?? state}`;
}

function Past({ line }) {
  const [answer, setAnswer] = useState({ state: line.state === "planned" ? "nothing" : "asking" });
  useEffect(() => {
    let isOpen = true;
    if (line.state !== "planned") fetchPast(line.id).then((told) => isOpen && setAnswer(told));
    return () => (isOpen = false);
  }, [line.id]);
  if (answer.state === "here") return html`<${Facts} facts=${sumPast(answer.folded)} />`;
  const words = {
    asking: t("Asking the server…"),
    nothing: t("Nothing was written down in this session."),
    refused: t("The server doesn't show this until you sign in again: enter your PIN under Connection."),
    away: t("The server can't be reached, and what a past session came to is only there. Nothing is lost; go near the Wi-Fi and tap again."),
  };
  return html`<p class="past-facts" role="status">${words[answer.state]}</p>`;
}

function Facts({ facts }) {
  const rows = [
    [t("Came"), t("{n} of {all}", { n: facts.came, all: facts.all })],
    facts.missing.length > 0 && [t("Did not come"), facts.missing.join(", ")],
    [t("Sets"), t("{observed} observed, {assumed} assumed, {missed} missed", facts)],
    [t("Effort ratings"), t("{n} given, {missing} missing", { n: facts.rpeGiven, missing: facts.rpeMissing })],
    [t("Events"), facts.events.length === 0 ? t("none") : facts.events.map(sayEvent).join(" · ")],
  ].filter(Boolean);
  return html`<div role="status"><dl class="past-facts">${rows.map(([what, said]) => html`<div><dt>${what}</dt><dd>${said}</dd></div>`)}</dl></div>`;
}

const sayEvent = ({ code, what, at }) => `${formatClock(Date.parse(at))} ${code}: ${new Map(WHAT()).get(what) ?? what}`;
