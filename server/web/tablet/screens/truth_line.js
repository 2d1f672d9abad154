// Where things are, in the same order on every session screen. What is wrong changes its word first.

import { t } from "/static/translate.js";
import { formatClock, formatElapsed, formatLong } from "../core/words_of_time.js";
import { html } from "../html.js";
import { awake } from "../shell/awake.js";
import { battery } from "../shell/battery.js";
import { feed, heard, tileOf } from "../state/live.js";
import { actor, clock, counts, nowMs, participants, server } from "../state/model.js";
import { strapOf } from "../state/people.js";
import { openSheet, screen } from "../state/ui.js";
import { lazy } from "./lazy.js";

const NO_NEWS_AFTER_S = 10;
const OfflineOff = lazy(() => import("./offline_off.js"), "OfflineOff", true);

export function TruthLine() {
  if (screen.value === "who") return null;
  const sensors = screen.value !== "assistant"; // she asks and stops; straps are the trainer's
  return html`<header class="truth" aria-label=${t("Where everything is")}>
    <button type="button" class="truth-facts" onClick=${() => openSheet("connection")}>
      <${Simulated} />${sensors && html`<${Recording} />`}<${Saved} /><${BackedUp} /><${Network} /><${OfflineOff} />${sensors && html`<${Gateway} />`}
      <span>${awake.value ? t("Awake ✓") : t("Screen may sleep")}</span>
      ${battery.value !== null && html`<span>${t("{n} %", { n: battery.value })}</span>`}
    </button>
    <button type="button" class="truth-who" onClick=${() => openSheet("who")}>
      <span class="person">${actor.value?.name}</span><span class="role">${" "}(${actor.value && roleWord(actor.value.role)})</span>${" ▾"}
    </button>
  </header>`;
}

export const roleWord = (role) => (role === "assistant" ? t("assistant") : t("trainer"));

/** Nobody wears these straps: said first, so that no number of theirs passes for somebody's. */
const Simulated = () => heard.value.some((serial) => tileOf(serial).value?.simulated) &&
  html`<b class="simulated">${t("SIMULATED")}</b>`;

function Recording() {
  const now = clock.value;
  if (isSilent()) {
    const since = feed.value.sinceWall ? formatClock(feed.value.sinceWall) : null;
    return html`<b data-wrong>${since ? t("◌ No sensor data since {since}", { since }) : t("◌ No sensor data")}</b>`;
  }
  if (now.started_at === null) return html`<b>${t("● Sensors on")}</b>`;
  return html`<b>${t("● Recording {time}", { time: formatLong(nowMs.value - Date.parse(now.started_at)) })}</b>`;
}

const isSilent = () => feed.value.phase !== "live" || feed.value.ageS > NO_NEWS_AFTER_S;

function Saved() {
  const { saved, onServer, waiting, refused } = counts.value;
  return html`<span class="saved">
    ${t("Saved on tablet {n}", { n: saved })}${" · "}
    ${waiting === 0 && refused === 0
      ? t("on server {n}", { n: onServer })
      : html`${t("on server {n}:", { n: onServer })} <b data-wrong>${waiting > 0 ? t("{n} waiting", { n: waiting }) : t("{n} set aside", { n: refused })}</b>`}
  </span>`;
}

/** Own entries that are in a copy on another disk; not said before the server said so. */
function BackedUp() {
  const { backedUp } = server.value;
  if (backedUp === undefined) return null;
  if (backedUp === null) return html`<span>${t("no backup")}</span>`;
  return html`<span class="backed-up">${t("backed up {n}", { n: counts.value.backedUp })}</span>`;
}

function Network() {
  const { reached, status, sinceMs, unknownActors } = server.value;
  if (reached === false) {
    return html`<span data-wrong>${sinceMs ? t("Server away since {time}", { time: formatClock(sinceMs) }) : t("Server away")}</span>`;
  }
  if (status === 401) return html`<b data-wrong>${t("Signed out: enter your PIN")}</b>`;
  if (unknownActors.length > 0) return html`<b data-wrong>${t("{name}: enter your PIN", { name: unknownActors[0] })}</b>`;
  return html`<span>${t("Wi-Fi ✓")}</span>`;
}

function Gateway() {
  if (isSilent()) return null; // what isn't known any more isn't claimed
  const worn = participants.value.map(({ code }) => strapOf(code)).filter(Boolean);
  const working = worn.filter((serial) => ["good", "battery", "weak"].includes(tileOf(serial).value?.state));
  const silent = feed.value.gateways.find(({ silentS }) => silentS > NO_NEWS_AFTER_S);
  if (silent) return html`<span data-wrong>${t("Gateway silent {time}", { time: formatElapsed(silent.silentS * 1000) })}</span>`;
  if (feed.value.gateways.length === 0) return html`<span>${t("No gateway")}</span>`;
  if (worn.length === 0) return html`<span>${t("Straps heard {n}", { n: heard.value.filter((s) => !["lost", "unknown"].includes(tileOf(s).value?.state)).length })}</span>`;
  return html`<span>${t("Gateway {n}/{all}", { n: working.length, all: worn.length })}</span>`;
}
