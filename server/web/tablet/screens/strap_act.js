// What to do about a strap's state: one act.

import { t } from "/static/translate.js";

const ACTS = {
  weak: () => t("Turn towards the gateway"),
  no_contact: () => t("Wet and tighten"),
  unknown: () => t("Wait 15 s"),
  lost: () => t("Come closer. Otherwise a spare strap"),
  battery: () => t("Change after the session"),
};

export function stateAct(strip) {
  if (strip === null) return "";
  return strip.conflict ? t("Two straps claim to be this one. Look at hers.") : (ACTS[strip.state]?.() ?? "");
}
