// Whether this tablet is one of the study's, in words.

import { t } from "/static/translate.js";
import { enrolment } from "../state/enrolment.js";

export function sayEnrolment() {
  const { name, isRequired } = enrolment.value;
  if (name !== null) return t("As {name}.", { name });
  if (isRequired === null) return t("The server hasn't said yet.");
  return isRequired ? t("No, and this study takes enrolled tablets only. Entries are kept; lock this tablet and enrol it.") : t("No. This study takes any tablet.");
}
