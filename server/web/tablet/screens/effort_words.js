// Who gave a rating: the same on a tablet and on an assistant's phone.

import { t } from "/static/translate.js";

export const SOURCES = () => [["said", t("She said")], ["pointed", t("She pointed")], ["guessed", t("I guessed")]];
