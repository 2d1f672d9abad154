// Why today isn't as planned for somebody, in one word.

import { t } from "/static/translate.js";

export const DAY_REASONS = () => [["fatigue", t("Fatigue")], ["heat", t("Heat")], ["pain", t("Pain")], ["symptoms", t("Symptoms")], ["her_choice", t("Her choice")]];
