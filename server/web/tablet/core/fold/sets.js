// Her sets: what somebody entered, else what the clock says. Assumed sets are derived here and are
// never entries, so that two tablets can't double them. Pure.

import { parseUtc } from "../envelope.js";
import { stationInSlot } from "../rotation.js";
import { activeAt, hasEnded } from "./clock.js";
import { findLevel, lowerTo } from "./levels.js";
import { findAbsence } from "./standing.js";
import { findTold } from "./substitutes.js";

/**
 * @param {object} person {code, standing, choices, levels, substitutions, lockedFrom, prescription, setThings}
 * @param {import("./clock.js").Run|null} run
 * @returns {{sets: Record<string, object>, open: number, extra: number, prescribed: number}}
 */
export function foldSets(person, run) {
  const entered = new Map(person.setThings.map((thing) => [thing.about, thing]));
  const sets = {};
  const counts = { open: 0, prescribed: 0 };
  for (const planned of listPlanned(person, run)) {
    const key = `${planned.exercise}/${planned.number}`;
    const thing = entered.get(`${person.code}/${key}`);
    counts.prescribed += 1;
    entered.delete(`${person.code}/${key}`);
    const set = thing ? showEntered(thing) : derive(planned, person, run);
    if (set === null) counts.open += 1;
    else sets[key] = set;
  }
  for (const [about, thing] of entered) sets[about.slice(person.code.length + 1)] = showEntered(thing);
  return { sets, extra: entered.size, ...counts };
}

/** Each work segment as a set of hers: which exercise it is, and the how-many-th. */
export function listPlanned({ choices }, run) {
  if (run === null) return [];
  const numbers = new Map();
  return run.segments.filter(({ kind }) => kind === "work").flatMap((segment) => {
    const start = choose(choices, segment);
    if (start === null) return [];
    const { stations, direction } = run.event.value;
    const station = stationInSlot(start, direction, segment.slot, stations.length);
    const exercise = stations[station];
    const number = (numbers.get(exercise) ?? 0) + 1;
    numbers.set(exercise, number);
    return [{ segment, station, exercise, number }];
  });
}

/** Where she rotates from: as the clock was started, and wherever somebody sent her since.
 * @returns {{activeMs: number, start: number}[]} in order; the last one that applies counts */
export function listChoices(code, own, run) {
  if (run === null) return [];
  const sent = own.filter(({ kind }) => kind === "station_assigned").map(({ shown }) => shown.value)
    .sort((one, other) => parseUtc(one.at) - parseUtc(other.at))
    .map(({ at, start_station: start }) => ({ activeMs: activeAt(run, parseUtc(at)), start }));
  const first = run.event.value.start_station[code];
  return first === undefined ? sent : [{ activeMs: 0, start: first }, ...sent];
}

function choose(choices, segment) {
  const made = choices.filter(({ activeMs }) => segment.cut || activeMs < segment.endMs);
  return made.at(-1)?.start ?? null;
}

function derive({ segment, station, exercise }, person, run) {
  const own = lowerTo(findLevel(person.levels, segment), findTold(person, run, exercise, segment));
  const done = own?.exercise ?? exercise;
  const base = { round: segment.round, station, exercise: done,
    substituted_for: done === exercise ? null : exercise, prescribed: own && pickPrescribed(own),
    performed: null, technique: null, chips: [], shortfall_reason: null, event: null, conflict: false };
  if (segment.cut) return { ...base, evidence: null, missing: "cut" };
  if (!hasEnded(run, segment)) return null;
  const missing = findAbsence(person.standing, run, segment);
  if (missing !== null) return { ...base, evidence: null, missing };
  return { ...base, evidence: "assumed", missing: null };
}

const pickPrescribed = ({ amount, unit, band, sides }) => ({ amount, unit, band, sides });

const showEntered = ({ shown, disputed }) =>
  ({ missing: null, ...shown.value, event: shown.id, conflict: disputed.length > 0 });
