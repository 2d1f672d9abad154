// A strap's state: one shape, one word. The shape is drawn, not typed.

import { t } from "/static/translate.js";
import { html } from "../html.js";

const WORDS = { good: () => t("Good"), weak: () => t("Weak"), no_contact: () => t("No contact?"), unknown: () => t("Unknown") };

/** @param {object|null} strip of state/live @returns {string} */
export function stateWord(strip) {
  if (strip === null) return t("No news");
  if (strip.state === "lost") {
    const time = /\d+:\d\d/.exec(strip.word)?.[0];
    return time ? t("Lost {time}", { time }) : t("Not heard");
  }
  if (strip.state === "battery") return t("Battery {n} %", { n: strip.battery_pct });
  return strip.word === t("No news") ? strip.word : (WORDS[strip.state] ?? WORDS.unknown)();
}

export function StrapState({ strip }) {
  return html`<span class="strap-state" data-state=${strip?.state ?? "unknown"}>
    <span class="shape" data-shape=${strip?.state ?? "unknown"} aria-hidden="true"></span>${stateWord(strip)}
  </span>`;
}
