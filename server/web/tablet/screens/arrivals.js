// T4: the minutes before the start. Every tile says what is still missing; people come in any order.

import { useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { html } from "../html.js";
import { isHere } from "../state/attendance.js";
import { startWarmUp } from "../state/session_acts.js";
import { nowMs, participants } from "../state/model.js";
import { clashOf, labelOf, personOf, strapOf, stripOf } from "../state/people.js";
import { draftEarlyRestings, SEATED_MS } from "../state/baselines.js";
import { formatCountdown } from "../core/words_of_time.js";
import { ArrivalDrawer } from "./arrival_drawer.js";
import { ArrivalSide, listFree, listGone } from "./arrival_side.js";
import { Layer } from "./layer.js";
import { drawer, toggleDrawer } from "../state/ui.js";
import { PersonHead } from "./person_head.js";
import { sayDoubt } from "./person_tile.js";
import { TileGrid } from "./tile_grid.js";
import { StrapState } from "./strap_state.js";
import { isSuspicious } from "./swap_question.js";

export function Arrivals() {
  const [side, setSide] = useState(false);
  const codes = participants.value.map(({ code }) => code);
  const gone = listGone();
  const ready = codes.filter((code) => isHere(code) && listMissing(code).length === 0);
  const waiting = codes.length - gone.length - ready.length;
  return html`<main class="arrivals">
    <section class="calm-band" aria-label=${t("Arrivals")}>
      <h1>${t("Arrivals")}</h1>
      <p>${tn("{n} ready", "{n} ready", ready.length)}${" · "}${t("{n} waiting", { n: waiting })}${gone.length > 0 ? ` · ${t("{n} absent", { n: gone.length })}` : ""}</p>
      <button type="button" class="key spare" aria-pressed=${side} onClick=${() => setSide(!side)}>${sayFree(listFree().length)}</button>
    </section>
    <div class="beside"><${TileGrid} codes=${codes} Tile=${ArrivalTile} Drawer=${ArrivalDrawer} />
      ${side && drawer.value === null && html`<${Layer} key="side"><${ArrivalSide} onClose=${() => setSide(false)} /><//>`}</div>
    <footer class="bar">
      <p class="hint">${codes.length === 0 ? t("Nobody is planned tonight.") : t("Late straps can join at any time.")}</p>
      <button type="button" class="main-action" onClick=${begin}>
        ${waiting === 0 ? t("All ready: {n}. Start", { n: ready.length }) : t("Ready: {n}. Start with {waiting} waiting", { n: ready.length, waiting })}
      </button>
    </footer>
  </main>`;
}

function begin() {
  drawer.value = null; // it would open again over the warm-up
  return startWarmUp(draftEarlyRestings);
}

/** What her tile still asks for. @returns {string[]} of "strap", "readiness", "heart" */
export function listMissing(code) {
  const person = personOf(code);
  return [
    strapOf(code) === null && "strap",
    person.readiness === null && "readiness",
    person.resting_hr === null && "heart",
  ].filter(Boolean);
}

const WORDS = { strap: () => t("strap"), readiness: () => t("readiness"), heart: () => t("seated heart rate") };

function ArrivalTile({ code, isOpen }) {
  const person = personOf(code);
  const serial = strapOf(code);
  const strip = stripOf(code);
  const missing = listMissing(code);
  const away = person.attendance === "absent";
  return html`<button type="button" class="tile arrival" data-code=${code} aria-pressed=${isOpen} onClick=${() => toggleDrawer(code)}
      data-ready=${isHere(code) && missing.length === 0} data-absent=${away}>
    <span class="row top"><${PersonHead} code=${code} />${serial && html`<${StrapState} strip=${strip} />`}</span>
    <span class="row strap-line">
      ${serial ? html`<b class="strap-number">${labelOf(serial)}</b>` : html`<span class="strap-number none">${"—"}</span>`}
      ${serial && strip?.shown !== undefined && html`<span class="bpm">${strip.number}<small>${strip.shown === "none" ? "" : t("bpm")}</small></span>`}
      ${(isSuspicious(code) || clashOf(code)) && html`<span class="swap">${sayDoubt(code)}</span>`}
    </span>
    <span class="row bottom">${away ? t("Absent") : sayMissing(code, missing)}</span>
  </button>`;
}

function sayMissing(code, missing) {
  if (missing.length === 0) return isHere(code) ? t("Ready ✓") : t("Not here yet");
  const words = missing.map((what) => what === "heart" ? sayHeart(code) : WORDS[what]());
  return t("Missing: {what}", { what: words.join(" · ") });
}

function sayHeart(code) {
  const wearing = personOf(code).wearing.findLast(({ until }) => until === null);
  if (!wearing) return WORDS.heart();
  const left = Date.parse(wearing.from) + SEATED_MS - nowMs.value;
  return left > 0 ? t("seated {time}", { time: formatCountdown(left) }) : WORDS.heart();
}

const sayFree = (n) => (n === 0 ? t("Straps and people") : tn("Straps and people: {n} strap on nobody", "Straps and people: {n} straps on nobody", n));
