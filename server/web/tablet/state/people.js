// One participant as a tile shows her: her strap, her station, her target, her alert.

import { signal } from "@preact/signals";
import { ceilingOf, findAlert } from "../core/alerts.js";
import { findLatest } from "../core/effort.js";
import { lowerTo } from "../core/fold/levels.js";
import { isHerBreak } from "../core/fold/standing.js";
import { stationInSlot } from "../core/rotation.js";
import { chooseOpen } from "../core/fold/substitutes.js";
import { describeTold, findOffered, findTarget, keepAt } from "../core/targets.js";
import { tileOf } from "./live.js";
import { bundle, clock, names, overlaps, participants, personSignal, planned, setsPlannedFor, straps, things } from "./model.js";

export const NOBODY = Object.freeze({
  standing: "expected", attendance: null, since: null, held: false, stopped_by: null,
  start_station: null, station: null, readiness: null, decision: null, prescription: null,
  level: "as_planned", substitutions: {},
  resting_hr: null, warmup_hr: null, session_rpe: null, wearing: [], sets: {}, rpe: {}, cooling: [],
  notes: [], events: [], identity_checks: [],
});

export const personOf = (code) => personSignal(code).value ?? NOBODY;
export const cardOf = (code) => participants.value.find((person) => person.code === code);

/** Her strap now: the newest interval that hasn't ended. @returns {string|null} serial */
export function strapOf(code) {
  return personOf(code).wearing.findLast(({ until }) => until === null)?.strap ?? null;
}

export const labelOf = (serial) =>
  straps.value.find((strap) => strap.serial === serial)?.label ?? serial?.slice(-5) ?? "";

/** Code -> whose strap hers may be by the movement, while nobody has answered; movement.js says so. */
export const rivals = signal({});

/** Code -> what her strap asks a trainer to look at now; looks.js says so. */
export const looks = signal({});

/** Code -> her own short warm-up that runs: {endsMs, isOver}; late_warmup.js says so. */
export const warming = signal({});

/** The strap that another one is said to wear at the same time: {strap, events, codes}, or nothing. */
export const clashOf = (code) => overlaps.value.find(({ codes }) => codes.includes(code));

/** "Leila" for the trainer where the study has a name for her, else nothing. */
export const nameOf = (code) => names.value[code] ?? "";

/** What her strap's tile shows; null without a strap. */
export function stripOf(code) {
  const serial = strapOf(code);
  return serial === null ? null : tileOf(serial).value;
}

/** Her station's index that a tile is about: where she works, or in a rest where she just worked. */
export function stationOf(code) {
  const { direction, segments, slot, stations } = clock.value;
  const start = personOf(code).start_station;
  if (start === null || stations.length === 0) return null;
  const last = segments.findLast((segment) => !segment.cut)?.slot ?? 1;
  return stationInSlot(start, direction, slot ?? last, stations.length);
}

/** Whether her effort can be asked now. */
export const canBeAsked = (code) => ["present", "held", "stopped"].includes(personOf(code).standing);

/** The set of hers at a station in a round; where she was there twice in it, the one begun last. */
export function setAt(code, station, round) {
  const there = setsPlannedFor(code).filter((set) => set.station === station && set.round === round);
  return there.findLast(({ index }) => isBegun(index)) ?? there[0] ?? null;
}

export const isBegun = (index) => clock.value.state === "done" || index <= (clock.value.segment ?? -1);

/** Whether she may jump tonight: a yes of tonight counts from her next session, a no at once. */
export const isReady = (code) => Boolean(cardOf(code)?.plyometrics_ready) && !personOf(code).plyometric_signoff?.locked_from;

/** What she is to do at a station: on a lighter day one level less, from that decision on.
 * `isBarred`: she isn't ready for what she would do there, and does what the plan has for that */
export function targetOf(code, stationIndex) {
  const station = planned.value?.stations[stationIndex];
  if (!station) return null;
  const { level, substitutions } = personOf(code);
  const told = prescribedTo(code, station);
  const instead = substitutions[station.exercise]?.instead;
  const own = chooseOpen(told, instead, isReady(code));
  return { ...findTarget(station, lowerTo(level, own)), isBarred: own !== (instead ?? told) };
}

/** Her own prescription as planned, with its lighter level and what she does while she isn't ready; the
 * plan's stand-in where nothing of hers is known; null where the plan's amount is for everybody. */
export function prescribedTo(code, station) {
  const proposed = bundle.value?.prescriptions?.[code]?.[station.exercise] ?? null;
  const told = keepAt(proposed, personOf(code).progression?.[station.exercise] ?? null);
  const written = personOf(code).prescription?.exercises[station.exercise] ?? null;
  if (told || written) return describeTold(written, told) ?? told;
  return station.instead ? { ...station, while_locked: findOffered(station, station.instead) } : null;
}

const UNSIGNED = Object.freeze({ hr_ceiling_bpm: null, rpe_look: null, rpe_act: null, phones: [] });

/** What a clinician signed for the study, and whom to call. */
export const readSafety = () => bundle.value?.safety ?? UNSIGNED;

export const acceptedEffort = () => planned.value?.effort.accept ?? null;
export const latestEffort = (code) => findLatest(personOf(code).rpe)?.rating ?? null;

export const newestHold = (code) => things.value.all
  .findLast(({ kind, about, shown }) => kind === "person_held" && about === code && shown)?.shown;

const asksForBreak = (code, standing) => standing === "held" && isHerBreak(newestHold(code)) && !newestHold(code).value.why;

/** @returns {{level: "look"|"act", what: string, values: object}|null} */
export function alertOf(code) {
  const { rpe, standing } = personOf(code);
  const strip = stripOf(code);
  const rounds = Object.keys(rpe).map(Number).sort((a, b) => a - b);
  return findAlert({
    ratings: rounds.map((round) => rpe[round].rating).filter((rating) => rating !== null),
    accepted: acceptedEffort(),
    bpm: strip?.shown === "fresh" ? Number(strip.number) : null,
    hrReliable: !cardOf(code)?.flags.includes("hr_unreliable"),
    lostS: strip?.state === "lost" ? readLostS(strip.word) : 0,
    ceiling: ceilingOf(readSafety(), code),
    safety: readSafety(),
    look: looks.value[code],
    isPresent: standing === "present",
    isHeld: standing === "held",
  }) ?? (warming.value[code]?.isOver ? { level: "look", what: "warm" }
    : asksForBreak(code, standing) ? { level: "look", what: "asks" } : null);
}

// The server counts the seconds up in its word: "Lost 1:24".
function readLostS(word) {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(word) ?? [];
  return minutes === undefined ? 0 : Number(minutes) * 60 + Number(seconds);
}

/** "Fig P01": how the trainer calls her in a sentence. */
export const signCode = (code) => `${cardOf(code)?.sign ?? ""} ${code}`.trim();
