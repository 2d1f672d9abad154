// A session is what its entries say: this function of them and of a moment, the same as the server's,
// whatever the order, and however often each came. Shared vectors hold both to it. Pure.

import { formatUtc, parseUtc } from "../envelope.js";
import { describeClock, runClock } from "./clock.js";
import { compareText } from "./corrected.js";
import { countAll } from "./counts.js";
import { foldPerson, listActs, showAct, showFact } from "./person.js";
import { listChoices, listPlanned } from "./sets.js";
import { linkThings, listConflicts } from "./things.js";

/** @param {Iterable<object>} envelopes @param {string} at UTC */
export const foldSession = (envelopes, at) => foldThings(linkThings(envelopes), at);

/** @param {import("./things.js").Things} things @param {string} at UTC */
export function foldThings(things, at) {
  const live = listLive(things);
  const { closed, ending } = findEnding(live);
  const run = foldRun(live, at);
  const session = showFact(live.find(({ kind }) => kind === "session_planned") ?? null);
  const people = foldPeople(live, session, run);
  const folded = Object.fromEntries(people.map(([code, { folded }]) => [code, folded]));
  const conflicts = listConflicts(things);
  return {
    at,
    session,
    phase: showPhase(live),
    closed,
    closed_at: closed ? formatUtc(ending.root.time) : null,
    summary: closed ? ending.shown.value.summary : null,
    staff: showStaff(live),
    room: { check: showFact(live.find(({ kind }) => kind === "room_check") ?? null), climate: showBy(live, "room_climate") },
    sync_moments: listActs(live, "sync_moment"),
    notes: listActs(live.filter(({ about }) => about === "session"), "note"),
    clock: describeClock(run, closed),
    people: folded,
    events: foldAdverse(live),
    overlaps: findOverlaps(live),
    conflicts,
    counts: countAll(things.byId.size, people.map(([, person]) => person), conflicts.length),
  };
}

const listLive = (things) => things.all.filter(({ shown }) => shown !== null);

function findEnding(live) {
  const ending = live.filter(isClosing).at(-1) ?? null;
  return { ending, closed: ending?.kind === "session_closed" };
}

/** The clock at a moment, which stands still after the end. */
function foldRun(live, at) {
  const { closed, ending } = findEnding(live);
  const tMs = closed ? Math.min(parseUtc(at), ending.root.time) : parseUtc(at);
  return runClock(live.filter(({ kind }) => kind.startsWith("clock_")), tMs);
}

/** Every set that the circuit has for each, done or to come: which exercise it is, and the
 * how-many-th. @returns {(code: string) => object[]} as `listPlanned` has them */
export function foldPlanned(things, at) {
  const live = listLive(things);
  const run = foldRun(live, at);
  const sent = live.filter(({ kind }) => kind === "station_assigned");
  return (code) => listPlanned({ choices: listChoices(code, sent.filter(({ about }) => about === code), run) }, run);
}

const isClosing = ({ kind }) => kind === "session_closed" || kind === "session_reopened";

function showPhase(live) {
  const last = live.filter(({ kind }) => kind === "phase_entered").at(-1);
  if (!last) return null;
  return showAct(last);
}

function showBy(live, wanted) {
  const found = live.filter(({ kind }) => kind === wanted);
  return Object.fromEntries(found.map((thing) => [thing.about, showFact(thing)]));
}

/** By name; `left_at` null: there, as far as is known. */
function showStaff(live) {
  const staff = showBy(live, "staff_present");
  for (const fact of Object.values(staff)) fact.left_at = null;
  for (const { kind, about, root, shown } of live) {
    if (kind === "staff_attendance" && staff[about]) staff[about].left_at = shown.value.status === "left" ? formatUtc(root.time) : null;
  }
  return staff;
}

function foldPeople(live, session, run) {
  const own = Map.groupBy(live.filter((thing) => codeOf(thing) !== null), codeOf);
  for (const code of session?.participants ?? []) if (!own.has(code)) own.set(code, []);
  for (const code of Object.keys(run?.event.value.start_station ?? {})) {
    if (!own.has(code)) own.set(code, []);
  }
  return [...own].sort(([a], [b]) => compareText(a, b))
    .map(([code, things]) => [code, foldPerson(code, things, run)]);
}

/** Whom a thing is about; null for the session, the clock and the room. */
function codeOf({ about, shown }) {
  const named = shown.value.participant ?? about.split("/")[0];
  return /^[A-Z]{1,4}[0-9]{1,6}$/.test(named) ? named : null;
}

function foldAdverse(live) {
  const events = live.filter(({ kind }) => kind === "adverse_event");
  return Object.fromEntries(events.map((thing) => {
    const followups = listActs(live.filter(({ about }) => about === thing.about), "adverse_event_followup");
    const last = (field) => followups.map((one) => one[field]).findLast((value) => value !== null) ?? null;
    return [thing.about, {
      ...showFact(thing), at: formatUtc(thing.root.time), actor: thing.root.actor,
      outcome: last("outcome"), settled_at: last("settled_at"), serious: last("serious"), followups,
    }];
  }));
}

/** One strap on two people at once: somebody has to say who wore it. */
function findOverlaps(live) {
  const worn = live.filter(({ kind }) => kind === "wearing");
  const found = [];
  worn.forEach((one, place) => worn.slice(place + 1).forEach((other) => {
    const [a, b] = [one.shown.value, other.shown.value];
    const from = a.from > b.from ? a.from : b.from;
    const until = [a.until, b.until].filter((end) => end !== null).sort()[0] ?? null;
    if (a.strap !== b.strap || a.participant === b.participant) return;
    if (until !== null && from >= until) return;
    found.push({ strap: a.strap, events: [one.about, other.about].sort() });
  }));
  return found.sort((x, y) => compareText(x.strap, y.strap) || compareText(x.events.join(), y.events.join()));
}
