// Here, away, back, home: what the clock may assume about her.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { isHere } from "../state/attendance.js";
import { areArriving, arrivalOf, hasGone, setAttendance } from "../state/attending.js";
import { personOf, signCode } from "../state/people.js";
import { useMeant } from "./meant.js";

export function Presence({ code }) {
  const who = signCode(code);
  const here = isHere(code);
  const { attendance } = personOf(code);
  const [settled, meant] = useMeant(here);
  const options = here
    ? [["away", t("Away (toilet, rest)")], ["left", t("Went home")]]
    : [[arrivalOf(code), t("She is here")], ...listLate(code), hasGone(code) ? ["left", t("Went home")] : ["absent", t("Absent")]];
  return html`<div class="stack">
    ${options.filter(([status]) => status !== attendance).map(([status, word]) => html`<button type="button" class="wide-key" aria-disabled=${!settled} onClick=${meant(() => setAttendance(code, status, `${who}: ${word}`))}>${word}</button>`)}
  </div>`;
}

/** Later "She is here" says it. */
const listLate = (code) => (areArriving() && !hasGone(code) ? [["late", t("Came late")]] : []);
