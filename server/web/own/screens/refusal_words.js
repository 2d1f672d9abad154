// Why a code opened nothing. Whether a code was ever real isn't said.

import { t } from "/static/translate.js";
import { refusal } from "../state/model.js";

/** Nothing where none was tried. */
export function sayRefusal() {
  const tried = refusal.value;
  if (tried === null) return "";
  if (tried.status === "waits") return t("What was entered here before isn't sent yet. Your page opens by itself when it is. If that takes ten minutes, ask for a new code.");
  if (tried.status === 0) return t("There is no network. Scan your code again when there is one; if it doesn't work then, ask for a new one.");
  if (tried.status === 429) return t("Too many codes were tried here. Wait {seconds} s, then try again.", { seconds: tried.waitS });
  return t("This code can't be used. Ask your trainer for a new one.");
}
