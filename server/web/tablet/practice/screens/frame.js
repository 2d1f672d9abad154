// What makes a practice one on every screen: stripes round it, its name on top, its menu beside it.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "/static/translate.js";
import { Layer } from "../../screens/layer.js";
import { signCode } from "../../state/people.js";
import { html } from "../../html.js";
import { nowMs, state } from "../../state/model.js";
import { screen, sheet } from "../../state/ui.js";
import { leavePractice } from "../state/leaving.js";
import { listGoing } from "../state/scoring.js";
import { asked, hearEffort } from "../state/voices.js";
import { world } from "../state/world.js";
import { Menu } from "./menu.js";
import { Score } from "./score.js";
import { Speed } from "./speed.js";
import { sayTrouble, sayWhom } from "./trouble_words.js";

const SAID_FOR_MS = 2 * 60_000; // then the menu still says it

/** "menu", "score", "leave", or null. */
export const opened = signal(null);
const toggle = (name) => (opened.value = opened.value === name ? null : name);
const close = () => (opened.value = null);
const PANELS = { menu: Menu, score: Score, leave: Leave };

export function Frame({ children }) {
  const Panel = PANELS[opened.value];
  useEffect(() => addEventListener("keydown", closeByKey, { capture: true }), []);
  return html`<div class="practice">
    <aside class="practice-band" aria-label=${t("PRACTICE")}>
      <strong class="practice-word">${t("PRACTICE")}</strong>
      <${News} />
      <${Speed} />
      <button type="button" class="key" aria-expanded=${opened.value === "menu"} onClick=${() => toggle("menu")}>${t("Troubles")}</button>
      <button type="button" class="key" aria-expanded=${opened.value === "score"} onClick=${() => toggle("score")}>${t("Score")}</button>
      <button type="button" class="key" aria-expanded=${opened.value === "leave"} onClick=${() => toggle("leave")}>${t("Leave")}</button>
    </aside>
    <div class="practice-app">${children}</div>
    ${Panel && html`<${Layer} key=${opened.value}><section class="practice-panel" role="dialog" aria-label=${t("PRACTICE")}>
      <${Panel} onClose=${close} /></section><//>`}
  </div>`;
}

// Before the app's own Esc, which closes what lies on top of the app; and wherever the focus is.
function closeByKey(event) {
  if (event.key !== "Escape" || opened.value === null) return;
  event.stopPropagation();
  close();
}

const News = () => html`<p class="practice-news" role="status">${sayNews()}</p>`;

/** What is heard and seen in the room, and shown by no tile. */
function sayNews() {
  const effort = sheet.value?.name === "effort" && asked.value ? hearEffort(asked.value.code, asked.value.round) : null;
  if (effort !== null) return t("{who} says: {n}.", { who: signCode(asked.value.code), n: effort });
  if ([screen.value, sheet.value?.name].includes("who")) return t("In a practice any six digits are right.");
  const newest = listGoing().findLast((one) => nowMs.value - one.atMs < SAID_FOR_MS);
  if (newest) return sayTrouble(newest.name, sayWhom(newest)).happens;
  if (state.value.phase?.phase === "arrivals") return t("All are in the room but {who}, who is late.", { who: signCode(world.late) });
  return t("Nobody here is real, and nothing is sent.");
}

function Leave({ onClose }) {
  return html`<h2>${t("Leave the practice?")}</h2>
    <p>${t("What was practised is forgotten. The evening's own store was never touched.")}</p>
    <button type="button" class="key wide" onClick=${leavePractice}>${t("Leave the practice now")}</button>
    <button type="button" class="key wide" onClick=${() => (opened.value = "score")}>${t("Look at the score first")}</button>
    <button type="button" class="key wide" onClick=${onClose}>${t("Stay")}</button>`;
}

/** The page was opened and no practice was begun. */
export const Nothing = () => html`<main class="practice-nothing"><h1>${t("PRACTICE")}</h1>
  <p>${t("No practice is going on. It begins on Today, with the key Practice.")}</p>
  <button type="button" class="key wide" onClick=${leavePractice}>${t("To Today")}</button></main>`;
