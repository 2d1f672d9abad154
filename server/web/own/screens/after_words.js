// What was made lighter, and that this is how it should be.

import { t, tn } from "/static/translate.js";

const REASONS = { fatigue: () => t("because of tiredness"), spasm: () => t("because of a spasm"), pain: () => t("because of pain"),
  balance: () => t("for your balance"), heat: () => t("because of heat"), dizzy: () => t("because you were dizzy"),
  time: () => t("because of the time"), equipment: () => t("because of the equipment"), her_choice: () => t("because you chose so") };

/** @param {{lighter: number, why: string|null, is_lighter_day: boolean}} sets */
export function sayLighter({ lighter, why, is_lighter_day }) {
  const day = is_lighter_day ? t("It was a lighter day: that's how it should be.") : "";
  if (lighter === 0) return day;
  const reason = REASONS[why]?.() ?? "";
  const said = reason === "" ? tn("One was made lighter: that's how it should be.", "{n} were made lighter: that's how it should be.", lighter)
    : tn("One was made lighter {why}: that's how it should be.", "{n} were made lighter {why}: that's how it should be.", lighter, { why: reason });
  return `${said} ${day}`.trim();
}
