// What taps mean for sets and effort.

import { reachesHold } from "../core/alerts.js";
import { makeSet } from "../core/targets.js";
import { readNowMs } from "../shell/time.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { bundle, clock, setsPlannedFor } from "./model.js";
import { personOf, readSafety, setAt, stationAsked, targetOf } from "./people.js";

/** Rounds whose work at her station has begun: those can be looked at. */
export function roundsBegun() {
  const now = clock.value;
  if (now.state === "idle") return 0;
  return now.round ?? Math.max(0, ...now.segments.filter((s) => !s.cut).map((s) => s.round));
}

/** The name under which a set is entered; what the circuit doesn't have for her comes on top. */
function nameSet(code, station, round) {
  const set = setAt(code, station, round);
  if (set) return set.name;
  const exercise = clock.value.stations[station];
  const n = setsPlannedFor(code).filter(({ name }) => name.startsWith(`${exercise}/`)).length;
  return `${exercise}/${n + 1}`;
}

/** The set as entered, or as it would be when it was done as planned. */
export function readSet(code, station, round) {
  const target = targetOf(code, station);
  const entered = personOf(code).sets[nameSet(code, station, round)];
  if (entered?.event) {
    const { event, conflict, missing, ...value } = entered;
    return { value, isEntered: true, evidence: entered.evidence, missing: null };
  }
  const prescribed = entered?.prescribed ?? target.prescribed; // a past set's, if that was at another level
  return { value: makeSet({ ...target, prescribed }, { round, station }), isEntered: false, evidence: entered?.evidence ?? null,
    missing: entered?.missing ?? null };
}

function draftSet(code, station, round, describeChange = () => ({})) {
  const { value } = readSet(code, station, round);
  const change = describeChange(value);
  const performed = { ...value.performed, ...change.performed };
  const set = { ...value, ...change, performed, evidence: "observed" };
  return draftFact("set", `${code}/${nameSet(code, station, round)}`, set, "counted");
}

/** Seen by a person: as planned, or with what was different from how it stood.
 * @param {(value: object) => object} [describeChange] */
export const logSet = (code, station, round, describeChange, text) =>
  enter(() => draftSet(code, station, round, describeChange), text);

/** Whether nobody has said yet how it was: neither a person nor, because she wasn't there, the clock. */
export function isOpenSet(code, station, round) {
  const { isEntered, missing } = readSet(code, station, round);
  return !isEntered && missing === null;
}

/** Everybody at one station's card: only those nobody has entered yet. */
export const logStation = (codes, station, round, text) =>
  enter(() => codes.filter((code) => isOpenSet(code, station, round))
    .flatMap((code) => draftSet(code, station, round)), text);

/** Whether good form is still to be said of it; a set that she missed has none. */
export function mayBeGood(code, station, round) {
  const { value, isEntered } = readSet(code, station, round);
  return isEntered ? value.technique === null && !value.chips.includes("skipped") : isOpenSet(code, station, round);
}

/** The same with good form, also of sets entered before it was said: what differed stays as it is. */
export const logGoodForm = (codes, station, round, text) =>
  enter(() => codes.filter((code) => mayBeGood(code, station, round))
    .flatMap((code) => draftSet(code, station, round, () => ({ technique: "good" }))), text);

/** A round's effort, with the exercise at whose station she was asked.
 * @param {{rating: number|null, missing_reason?: string|null, source: string|null}} given */
export const rate = (code, round, given, text) => enter(() => {
  const station = stationAsked(code, round);
  const exercise = station === null || given.rating === null ? null : clock.value.stations[station];
  const said = draftFact("rpe", `${code}/${round}`, { ...makeEffort(given), exercise }, "said again");
  return said.length === 0 ? [] : [...said, ...draftSignedHold(code, given.rating)];
}, text);

/** What a clinician signed to hold her holds her in the tap that says so; a person lets her go on. */
function draftSignedHold(code, rating) {
  if (!reachesHold(readSafety(), rating) || personOf(code).held) return [];
  return [{ kind: "person_held", about: code, value: { at: readNowUtc(), why: "effort at the signed limit" } }];
}

/** The whole session's, with how long after its end she was asked. */
export const rateSession = (code, given, text) => enter(() => {
  const now = clock.value;
  const endMs = Date.parse(now.started_at) + now.total_ms;
  const minutes = Math.round((readNowMs() - endMs) / 60_000);
  const minutes_after_end = now.started_at === null || minutes < 0 ? null : minutes;
  return draftFact("session_rpe", code, { ...makeEffort(given), minutes_after_end }, "said again");
}, text);

export function draftNotAsked(codes, round) {
  const value = { ...makeEffort({ rating: null, missing_reason: "not_asked", source: null }), exercise: null };
  return codes.flatMap((code) => draftFact("rpe", `${code}/${round}`, value));
}

function makeEffort({ rating, missing_reason = null, source }) {
  const { scale = "borg_6_20", anchor_pack: anchors = "none" } = bundle.value?.effort ?? {};
  return { scale, rating, missing_reason, source: rating === null ? null : source, anchor_pack: anchors };
}
