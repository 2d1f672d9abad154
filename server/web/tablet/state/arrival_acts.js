// What taps mean while somebody arrives: her strap, her answers, what is decided about today.

import { makeNothing } from "../core/heart_median.js";
import { wasHereIn } from "../core/moves.js";
import { isHere } from "./attendance.js";
import { areArriving, arrivalOf, draftAttendance, draftPlace } from "./attending.js";
import { draftFact, enter, makeId, readNowUtc } from "./entering.js";
import { participants, state, things } from "./model.js";
import { personOf, strapOf } from "./people.js";
import { draftEnd } from "./wearing.js";

/**
 * A strap on her from now on: off whoever wore it, and her own other one ends.
 * @param {"number"|"knock"|"qr"|"suggested"} method how she was told apart
 */
export const assignStrap = (code, serial, method, text) => enter(() => {
  if (strapOf(code) === serial) return [];
  const at = readNowUtc();
  const ends = participants.value
    .filter((other) => other.code === code || strapOf(other.code) === serial)
    .flatMap((other) => draftEnd(other.code, at));
  const wearing = { participant: code, strap: serial, from: at, until: null };
  return [
    ...ends,
    { kind: "wearing", about: makeId(), value: wearing },
    { kind: "identity_check", about: code, value: { strap: serial, method, answer: "hers" } },
    ...draftNoBaselines(code),
    ...(isHere(code) ? [] : [...draftPlace(code, arrivalOf(code)), draftAttendance(code, arrivalOf(code))]),
  ];
}, text);

/** After the arrivals nobody sits for five minutes first, in the circuit nobody warms up: she wasn't here
 * for that, or had no strap on. */
function draftNoBaselines(code) {
  const nameWhy = (part) => (wasHereIn(things.value, code, part) ? "no_strap" : "came_late");
  const none = (kind, part) => (personOf(code)[kind] === null ? draftFact(kind, code, makeNothing(nameWhy(part))) : []);
  return [
    ...(areArriving() ? [] : none("resting_hr", "arrivals")),
    ...(state.value.phase?.phase === "circuit" ? none("warmup_hr", "warmup") : []),
  ];
}

export const takeOff = (code, text) => enter(() => draftEnd(code, readNowUtc()), text);

/** Her answer to "is this strap hers?" */
export const answerIdentity = (code, answer) => enter(() => [
  { kind: "identity_check", about: code, value: { strap: strapOf(code), method: "suggested", answer } },
]);

export const saveReadiness = (code, answers) => enter(() => draftFact("readiness", code, answers, "answered again"));

/** What today is for her. Lighter, and as planned again, hold from now on. */
export const decide = (code, decision, reason_chip, text) => enter(() => [
  ...draftFact("readiness_decision", code, { decision, reason_chip }, "decided again"),
  ...draftLevel(code, decision),
], text);

function draftLevel(code, decision) {
  const { level } = personOf(code);
  const changes = decision !== level && ["lighter", "as_planned"].includes(decision);
  return changes ? [{ kind: "level_changed", about: code, value: { at: readNowUtc(), level: decision } }] : [];
}
