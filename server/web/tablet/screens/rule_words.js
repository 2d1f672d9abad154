// Why the plan proposes what it does, rule by rule, through the catalogue; names of exercises are the
// plan's own words.

import { t } from "/static/translate.js";
import { bandWord } from "./set_words.js";

const SENTENCES = {
  locked: (v) => t("{exercise} needs a readiness sign-off for her first.", v),
  over_ceiling: ({ band, ceiling }) => t("{band} is stronger than this week's {ceiling}.", { band: bandWord(band), ceiling: bandWord(ceiling) }),
  symptoms: (v) => t("She had symptoms in session {session}; a person decides.", v),
  lighter_today: (v) => t("Session {session} was lighter on purpose; it says nothing.", v),
  effort_above_twice: (v) => t("Effort was above the accepted band in sessions {sessions}.", v),
  form_lost_twice: (v) => t("Form was lost in sessions {sessions}.", v),
  at_the_bottom: () => t("There is nothing easier in this plan; a person decides."),
  effort_above_once: (v) => t("Effort {rpe} in session {session} was above the accepted {accept}.", v),
  form_lost_once: (v) => t("Form was lost in session {session}.", v),
  start: () => t("She starts here; look at her here today."),
  not_observed: (v) => t("Nobody saw her sets in session {session}; look at her here today.", v),
  too_few_observed: (v) => t("{observed} of {needed} sets were seen in session {session}; look at her here today.", v),
  other_band: ({ session, band }) => t("Her sets in session {session} were not on {band}.", { session, band: bandWord(band) }),
  below_top: (v) => t("She didn't reach {amount} in {needed} sets in session {session}.", v),
  form_not_said: (v) => t("Nobody said how her form was in session {session}.", v),
  effort_not_given: (v) => t("She gave no effort at this station in session {session}; ask her here today.", v),
  effort_above_target: (v) => t("Effort {rpe} in session {session} was above the {target} aimed at.", v),
  once_more: (v) => t("Session {session} was good; {needed} such sessions running make a step.", v),
  stale: (v) => t("The last evidence is of session {session}; look at her here today.", v),
  week_ceiling: (v) => t("She has earned more than week {week} allows.", v),
  top_of_plan: () => t("She has earned more than this plan has."),
  earned: (v) => t("{needed} observed sets of {amount} with good form, effort at or below the aim, in sessions {sessions}.", v),
  plan_same: () => t("The plan has the same as before, for everybody."),
  plan_step: (v) => t("The plan's step for session {session}, the same for everybody.", v),
};

/** @param {{rule: string, values: object}} told @returns {string} empty for a rule it doesn't know */
export const sayRule = ({ rule, values }) => SENTENCES[rule]?.(values) ?? "";
