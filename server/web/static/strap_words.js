// What the server says of a strap, in the reader's language: its English sentences are the keys. Pure.

import { t } from "./translate.js";

const WORDS = {
  "Good": () => t("Good"),
  "Weak": () => t("Weak"),
  "No contact?": () => t("No contact?"),
  "Unknown": () => t("Unknown"),
  "Not heard": () => t("Not heard"),
  "Refused": () => t("Refused"),
};
const ACTS = {
  "Another phone may hold it. Close the app there.": () => t("Another phone may hold it. Close the app there."),
  "Come closer, or take a spare strap.": () => t("Come closer, or take a spare strap."),
  "The gateway is silent. It keeps its own copy.": () => t("The gateway is silent. It keeps its own copy."),
  "Wet it, put it on, come closer.": () => t("Wet it, put it on, come closer."),
  "Wait 15 s.": () => t("Wait 15 s."),
  "No heart rate comes. Check the strap.": () => t("No heart rate comes. Check the strap."),
  "Wet and tighten.": () => t("Wet and tighten."),
  "This model can't tell. Feel the strap.": () => t("This model can't tell. Feel the strap."),
  "Turn towards the gateway.": () => t("Turn towards the gateway."),
  "Change after the session.": () => t("Change after the session."),
};

/** @param {string} word of a tile; what isn't the server's is said already */
export function sayWord(word) {
  const [, time] = /^Lost (\d+:\d\d)$/.exec(word) ?? [];
  if (time) return t("Lost {time}", { time });
  const [, n] = /^Battery (\d+) %$/.exec(word) ?? [];
  return n ? t("Battery {n} %", { n }) : (WORDS[word]?.() ?? word);
}

/** @param {string} act of a tile, empty when there is nothing to do */
export const sayAct = (act) => ACTS[act]?.() ?? act;
