// What she does, in plain words.

import { t } from "/static/translate.js";
import { bandWord, sayAmount } from "/tablet/app/screens/set_words.js";

const AMOUNTS = { repetitions: (n) => t("{n} times", { n }), seconds: (n) => t("{n} seconds", { n }), metres: (n) => t("{n} metres", { n }), laps: (n) => t("{n} laps", { n }) };
const SUPPORTS = { hold: () => t("Hold the bar."), within_reach: () => t("Keep the bar within reach.") };

/** "10 times, each side. Band red. Hold the bar." */
export function sayTarget({ amount, unit, band, sides, support }) {
  const said = amount === null ? "" : AMOUNTS[unit]?.(amount) ?? sayAmount({ amount, unit });
  const each = sides === "each_side" ? t("each side") : "";
  return [[said, each].filter(Boolean).join(", ").concat(said ? "." : ""), band ? t("Band {colour}.", { colour: bandWord(band) }) : "", SUPPORTS[support]?.() ?? ""].filter(Boolean).join(" ");
}

/** What is another step than last time. */
export function sayChange({ from, to }) {
  return t("New: {to} instead of {from}.", { from: sayStep(from), to: sayStep(to) });
}

const sayStep = (one) => (typeof one === "string" ? bandWord(one).replaceAll("-", " ") : String(one));
