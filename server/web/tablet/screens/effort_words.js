// Who gave a rating, and whom it can be asked of: the same on a tablet and on an assistant's phone.

import { t } from "/static/translate.js";
import { personOf } from "../state/people.js";

export const SOURCES = () => [["said", t("She said")], ["pointed", t("She pointed")], ["guessed", t("I guessed")]];

export const canBeAsked = (code) => ["present", "held", "stopped"].includes(personOf(code).standing);
