// Whether the next day's question is asked now, and of which day.

import { t } from "/static/translate.js";
import { parseUtc } from "/tablet/app/core/envelope.js";
import { compareDays, nameWeekday } from "../core/study_time.js";
import { nowMs, saidOf, view } from "./model.js";

const startMs = () => parseUtc(view.value.next_day?.start);

/** Asked once, from the day after on; the same for women who train and who don't. */
export function isAskedNextDay() {
  const asked = view.value.next_day;
  if (!asked || asked.answered || saidOf("next_day", asked.session) !== null) return false;
  return compareDays(startMs(), nowMs.value, view.value.zone) !== "same";
}

/** "yesterday", or the day's name. */
export function readDayWord() {
  if (compareDays(startMs(), nowMs.value, view.value.zone) === "next") return t("yesterday");
  return nameWeekday(startMs(), view.value.zone, document.documentElement.lang);
}
