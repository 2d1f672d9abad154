// Amounts, bands and support in words.

import { t } from "/static/translate.js";

const BAND_WORDS = { red: () => t("red"), green: () => t("green"), blue: () => t("blue"), black: () => t("black") };
export const bandWord = (band) => BAND_WORDS[band]?.() ?? band;

/** "8", "30 s", "12 m": repetitions need no unit at one metre's distance. */
export function sayAmount({ amount, unit }) {
  if (amount === null) return "";
  const units = { seconds: () => t("{n} s", { n: amount }), metres: () => t("{n} m", { n: amount }), laps: () => t("{n} laps", { n: amount }) };
  return units[unit]?.() ?? String(amount);
}

const SUPPORT = { none: () => "", within_reach: () => t("bar near"), hold: () => t("hold the bar") };

export const saySupport = (support) => SUPPORT[support]?.() ?? "";
