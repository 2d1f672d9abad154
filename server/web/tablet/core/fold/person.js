// One participant, folded. Pure.

import { formatUtc } from "../envelope.js";
import { hasEnded } from "./clock.js";
import { compareText } from "./corrected.js";
import { listLevels, readLevel } from "./levels.js";
import { foldSets, listChoices, listPlanned } from "./sets.js";
import { foldStanding, isHere, nameStanding } from "./standing.js";
import { listSubstitutions, viewSubstitutions } from "./substitutes.js";

/**
 * @param {string} code
 * @param {object[]} own live things about her or naming her, in order
 * @param {import("./clock.js").Run|null} run
 */
export function foldPerson(code, own, run) {
  const standing = foldStanding(own);
  const person = {
    code,
    standing,
    choices: listChoices(code, own, run),
    levels: listLevels(own, run),
    substitutions: listSubstitutions(own),
    lockedFrom: one(own, "plyometric_signoff")?.shown.value.locked_from,
    prescription: one(own, "prescription")?.shown.value ?? null,
    setThings: own.filter(({ kind }) => kind === "set"),
  };
  const { sets, ...setCounts } = foldSets(person, run);
  const folded = {
    ...describeStanding(standing),
    ...describeStation(person, run),
    ...Object.fromEntries(FACTS.map(([name, kind]) => [name, showFact(one(own, kind))])),
    level: readLevel(own),
    substitutions: viewSubstitutions(person.substitutions),
    progression: byAbout(own, "progression_decision", code),
    wearing: listWearing(own),
    identity_checks: listActs(own, "identity_check"),
    sets,
    rpe: byAbout(own, "rpe", code),
    cooling: listActs(own, "cooling_given"),
    notes: listActs(own, "note"),
    events: own.filter(({ kind }) => kind === "adverse_event").map(({ about }) => about),
  };
  return { folded, setCounts, isHere: isHere(standing) };
}

function describeStanding(standing) {
  return {
    standing: nameStanding(standing),
    attendance: standing.attendance,
    since: standing.since === null ? null : formatUtc(standing.since),
    why: standing.why,
    held: standing.isHeld || standing.stoppedBy !== null,
    stopped_by: standing.stoppedBy,
  };
}

/** Where she rotates from, and where she is in the work segment that runs or comes next. */
function describeStation(person, run) {
  const last = person.choices.at(-1);
  if (run === null || !last) return { start_station: null, station: null };
  const n = run.event.value.stations.length;
  const upcoming = listPlanned(person, run)
    .find(({ segment }) => !segment.cut && !hasEnded(run, segment));
  return { start_station: last.start % n, station: upcoming?.station ?? null };
}

const FACTS = [["readiness", "readiness"], ["decision", "readiness_decision"],
  ["prescription", "prescription"], ["resting_hr", "resting_hr"], ["warmup_hr", "warmup_hr"],
  ["session_rpe", "session_rpe"], ["feeling", "feeling"], ["plyometric_signoff", "plyometric_signoff"]];

const one = (own, wanted) => own.find(({ kind }) => kind === wanted) ?? null;

/** A fact's value with where it is from. */
export function showFact(thing) {
  if (thing === null) return null;
  return { ...thing.shown.value, event: thing.shown.id, conflict: thing.disputed.length > 0 };
}

/** An act's value with when and by whom: its place in time is its first entry's. */
export const showAct = ({ root, shown }) =>
  ({ ...shown.value, at: formatUtc(root.time), event: shown.id, actor: shown.actor });

export const listActs = (own, wanted) =>
  own.filter(({ kind }) => kind === wanted).map(showAct);

function byAbout(own, wanted, code) {
  const facts = own.filter(({ kind }) => kind === wanted);
  return Object.fromEntries(facts.map((thing) => [thing.about.slice(code.length + 1), showFact(thing)]));
}

function listWearing(own) {
  return own.filter(({ kind }) => kind === "wearing").map(showFact)
    .map(({ participant, ...wearing }) => wearing)
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.event, b.event));
}
