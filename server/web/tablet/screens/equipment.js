// What she works with, short enough for a tile: how much, the band's name, and support as a sign with
// one word. The whole words are there for those who listen.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { bandWord, sayAmount, saySupport } from "./set_words.js";

const SHORT = { hold: () => ["hand", t("hold")], within_reach: () => ["rail", t("bar")] };

/** A small picture of our own; `words` say it to those who don't see it. */
const Sign = ({ kind, words }) => html`<i class="sign" data-sign=${kind}></i><span class="visually-hidden">${words} </span>`;

/** What is otherwise tonight: her day is lighter, or a no has taken her jump. */
export const Tonight = ({ level, target }) => html`${level === "lighter" && html`<${Sign} kind="feather" words=${t("Lighter today")} />`}${target.isBarred && html`<b class="no-jump">${t("No jump:")} </b>`}`;

/** "12 + 12": one side, then the other. */
export function Amount({ prescribed }) {
  const amount = sayAmount(prescribed);
  if (prescribed.sides !== "each_side") return html`<b>${amount}</b>`;
  return html`<b class="amount-said">${amount} + ${amount}</b><span class="visually-hidden"> ${t("each side")}</span>`;
}

export function Equipment({ target }) {
  if (target === null) return html`<span class="equipment"></span>`;
  const [sign, short] = SHORT[target.support]?.() ?? [];
  return html`<span class="equipment">${target.prescribed.band && html`<span>${bandWord(target.prescribed.band)}</span>`}
    ${sign && html`<span class="support"><${Sign} kind=${sign} words=${saySupport(target.support)} /><span aria-hidden="true">${short}</span></span>`}</span>`;
}
