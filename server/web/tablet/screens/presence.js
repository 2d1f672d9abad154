// Here, away, back, home: what the clock may assume about her.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { isHere } from "../state/attendance.js";
import { setAttendance } from "../state/attending.js";
import { personOf, signCode } from "../state/people.js";
import { useMeant } from "./meant.js";

export function Presence({ code }) {
  const who = signCode(code);
  const here = isHere(code);
  const [settled, meant] = useMeant(here);
  const options = here
    ? [["away", t("Away (toilet, rest)")], ["left", t("Went home")]]
    : [[personOf(code).attendance === "away" ? "back" : "present", t("She is here")], ["late", t("Came late")], ["absent", t("Absent")]];
  return html`<div class="stack">
    ${options.map(([status, word]) => html`<button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => setAttendance(code, status, `${who}: ${word}`))}>${word}</button>`)}
  </div>`;
}
