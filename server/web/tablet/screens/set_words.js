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

export function sayEquipment({ prescribed, support }) {
  const band = prescribed.band ? bandWord(prescribed.band) : "";
  return [band, SUPPORT[support]?.() ?? "", prescribed.sides === "each_side" ? t("each side") : ""].filter(Boolean).join(" · ");
}
