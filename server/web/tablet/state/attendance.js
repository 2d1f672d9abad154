// Who is here, which strap she wears, whether she takes part.

import { makeUuid7 } from "../core/uuid7.js";
import { quietestStart } from "../core/rotation.js";
import { readNowMs } from "../shell/time.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { participants, planned, state, things } from "./model.js";
import { personOf, strapOf } from "./people.js";

const HERE = new Set(["present", "late", "back"]);

export const isHere = (code) => HERE.has(personOf(code).attendance);
export const makeId = () => makeUuid7(readNowMs(), crypto.getRandomValues(new Uint8Array(10)));

/** @param {"present"|"late"|"away"|"back"|"left"|"absent"} status */
export const draftAttendance = (code, status, why = null) =>
  ({ kind: "attendance", about: code, value: { status, why } });

/** Having begun, whoever comes is late. */
const arrival = () => (state.value.clock.state === "idle" ? "present" : "late");

export const setAttendance = (code, status, text) => enter(() =>
  personOf(code).attendance === status ? [] : [...draftPlace(code, status), draftAttendance(code, status)], text);

// A latecomer whom the start didn't count gets the station where fewest are.
function draftPlace(code, status) {
  const { clock, people } = state.value;
  const has = (people[code]?.start_station ?? null) !== null;
  if (has || clock.state === "idle" || !["present", "late", "back"].includes(status)) return [];
  const starts = Object.fromEntries(Object.entries(people).filter(([, p]) => p.start_station !== null)
    .map(([other, p]) => [other, p.start_station]));
  const start = quietestStart(starts, clock.stations.length);
  return [{ kind: "station_assigned", about: code, value: { at: readNowUtc(), start_station: start } }];
}

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
    ...(isHere(code) ? [] : [...draftPlace(code, arrival()), draftAttendance(code, arrival())]),
  ];
}, text);

export const takeOff = (code, text) => enter(() => draftEnd(code, readNowUtc()), text);

function draftEnd(code, at) {
  const open = personOf(code).wearing.filter(({ until }) => until === null);
  return open.map(({ event, strap, from }) => ({
    kind: "wearing",
    about: things.value.byId.get(event).about, // the interval's own id
    value: { participant: code, strap, from, until: at > from ? at : laterText(from) },
    supersedes: event,
    reason: "taken off",
  }));
}

const laterText = (from) => new Date(Date.parse(from) + 1).toISOString();

/** Her answer to "is this strap hers?" */
export const answerIdentity = (code, answer) => enter(() => [
  { kind: "identity_check", about: code, value: { strap: strapOf(code), method: "suggested", answer } },
]);

export const holdPerson = (code, why, text) =>
  enter(() => (personOf(code).held ? [] : [{ kind: "person_held", about: code, value: { at: readNowUtc(), why } }]), text);
export const resumePerson = (code, text) =>
  enter(() => !personOf(code).held ? [] : [{ kind: "person_resumed", about: code, value: { at: readNowUtc() } }], text);

export const saveReadiness = (code, answers) => enter(() => draftFact("readiness", code, answers, "answered again"));
export const decide = (code, decision, reason_chip = null) =>
  enter(() => draftFact("readiness_decision", code, { decision, reason_chip }, "decided again"));

export const stationName = (index) => planned.value?.stations[index]?.name ?? "";
