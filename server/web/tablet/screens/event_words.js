// What can happen to somebody: nine words, one key each.

import { t } from "/static/translate.js";

export const WHAT = () => [["fall", t("Fall")], ["near_fall", t("Near-fall")], ["dizzy", t("Dizzy or faint")],
  ["heat_vision", t("Heat or vision")], ["new_numbness", t("New numbness or weakness")], ["pain", t("Pain")],
  ["spasm", t("Spasm")], ["chest_breath", t("Chest or breath")], ["other", t("Other")]];
