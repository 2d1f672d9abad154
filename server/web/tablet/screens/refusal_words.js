// Why the server set an entry aside, by its stable code; its own sentence for a code that is new here.

import { t } from "/static/translate.js";

const WORDS = {
  event_invalid: () => t("It isn't written as the server expects it."),
  value_invalid: () => t("One of its values isn't possible."),
  about_invalid: () => t("What it is about isn't possible."),
  kind_unknown: () => t("The server is older than this app and doesn't know such entries."),
  kind_reserved: () => t("Only the server writes such entries."),
  participant_unknown: () => t("Nobody in the study has this code."),
  not_granted: () => t("It is for a trainer to enter."),
};

/** @param {{code: string, message: string}} refusal */
export const sayRefusal = ({ code, message }) => WORDS[code]?.() ?? (message || code);
