// What sort of thing an entry says, in words.

import { t } from "/static/translate.js";

const KINDS = {
  session_planned: () => t("plan of the session"), room_check: () => t("room check"), room_climate: () => t("room temperature"),
  staff_present: () => t("who is there"), staff_attendance: () => t("who has left"), attendance: () => t("attendance"), readiness: () => t("readiness"),
  readiness_decision: () => t("how she takes part"), wearing: () => t("strap"), resting_hr: () => t("seated heart rate"),
  warmup_hr: () => t("warm-up heart rate"), prescription: () => t("what she is to do"), substitution: () => t("another exercise tonight"), set: () => t("set"), rpe: () => t("effort"),
  session_rpe: () => t("whole-session effort"), adverse_event: () => t("event"), progression_decision: () => t("next step"),
  plyometric_signoff: () => t("ready for jumps"), feeling: () => t("how she feels"), note: () => t("note"),
};

/** @param {string} kind */
export const kindWord = (kind) => KINDS[kind]?.() ?? t("entry");
