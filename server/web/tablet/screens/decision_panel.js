// A red answer: the trainer decides what today is, with one reason. The app only asks.

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { decide } from "../state/arrival_acts.js";
import { planned } from "../state/model.js";
import { personOf, prescribedTo, signCode } from "../state/people.js";
import { DAY_REASONS } from "./day_reasons.js";
import { DoctorCard } from "./emergency_card.js";
import { useMeant } from "./meant.js";

const TIRED_FROM = 8; // of 10: inferred, as a question to the trainer and no rule

export const isRed = (readiness) => readiness !== null &&
  (readiness.new_symptoms || readiness.fall || readiness.hot || readiness.new_medicine ||
    (readiness.tiredness_0_10 ?? 0) >= TIRED_FROM);

export function listRed(readiness) {
  if (readiness === null) return [];
  return [
    readiness.new_symptoms && t("new symptoms"), readiness.fall && t("a fall or near-fall"),
    readiness.hot && t("hot or feverish"), readiness.new_medicine && t("new medicine"),
    (readiness.tiredness_0_10 ?? 0) >= TIRED_FROM && t("tiredness {n}", { n: readiness.tiredness_0_10 }),
  ].filter(Boolean);
}

/** At how many of tonight's stations the plan has something lighter for her. */
function sayLighter(code) {
  const stations = planned.value?.stations ?? [];
  const n = stations.filter((station) => prescribedTo(code, station)?.lighter).length;
  return t("One level less at {n} of {all} stations, the same exercises.", { n, all: stations.length });
}

/** Whether a red answer of hers still waits for the trainer. */
export const isUndecided = ({ readiness, decision }) => Boolean(isRed(readiness)) && decision === null;

/** Brings it before the trainer while she has to decide, and each time that its question is another. */
function useInSight(about, waits) {
  const place = useRef(null);
  const seen = useRef(waits ? undefined : about);
  useLayoutEffect(() => {
    if (seen.current !== about) place.current.scrollIntoView({ block: "start" });
    seen.current = about;
  }, [about]);
  return place;
}

export function DecisionPanel({ code }) {
  const person = personOf(code);
  const { readiness, decision, level } = person;
  const place = useInSight(`${readiness?.event} ${decision?.decision}`, isUndecided(person));
  const [settled, meant] = useMeant(readiness?.event); // they come up where she gave the tablet back
  const say = (name, reason, word) => decide(code, name, reason, t("{who}: {what}", { who: signCode(code), what: word }));
  const red = listRed(readiness);
  const options = [["lighter", t("Today lighter")], ["as_planned", t("As planned")], ["not_today", t("Not today")], ["call_doctor", t("Call the doctor")]];
  return html`<div class="decision" ref=${place}>
    ${red.length > 0 && html`<p><b>${t("She says: {what}.", { what: red.join(", ") })}</b></p>`}
    <div class="pair">${options.map(([name, word]) => html`<button type="button" class="key" aria-disabled=${!settled} aria-pressed=${decision?.decision === name}
      onClick=${meant(() => say(name, decision?.reason_chip ?? null, word))}>${word}</button>`)}</div>
    ${decision?.decision === "call_doctor" && html`<${DoctorCard} code=${code} />`}
    ${level === "lighter" && html`<p role="status">${sayLighter(code)}</p>`}
    ${decision !== null && decision.decision !== "as_planned" && html`<div class="chips" role="group" aria-label=${t("Reason")}>
      ${DAY_REASONS().map(([name, word]) => html`<button type="button" class="chip" aria-pressed=${decision.reason_chip === name}
        onClick=${() => say(decision.decision, name, word)}>${word}</button>`)}</div>`}
  </div>`;
}
