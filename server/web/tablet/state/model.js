// What the app knows, as signals. The session is never stored as such: it is the fold of its entries.

import { batch, computed, signal } from "@preact/signals";
import { formatUtc } from "../core/envelope.js";
import { runClock } from "../core/fold/clock.js";
import { foldPlanned, foldThings } from "../core/fold/fold.js";
import { findLive, linkThings } from "../core/fold/things.js";

/** Own entries and those of others, by id. */
export const entries = signal(new Map());
export const received = signal(new Map());

export const sessionId = signal(null);
export const actor = signal(null); // {name, role}: who taps now
export const bundle = signal(null); // everything for an evening, without names
export const names = signal({}); // code -> first name, only in memory
export const cards = signal({}); // code -> emergency card, only in memory

/** Moves when the second on the clock may have changed, and when an entry came. */
export const nowMs = signal(0);
/** The moment that the fold is made for: moves with entries and at the end of a segment. */
export const foldedAtMs = signal(0);

/**
 * What is known of the server: reached, signed in, who must enter her PIN there. `backedUp`: the place
 * in the ledger up to which everything is in a backup, null without any, absent before it said so.
 * `limits`: the hash of what a clinician signed, null where nothing is in force. `signoffs`: the place of
 * what was said last of anybody's readiness for jumps, in whatever session.
 */
export const server = signal({ reached: null, status: 0, code: null, sinceMs: null, unknownActors: [] });

/** Own entries as the fold needs them: nothing changes here when one of them reaches the server. */
const ownEvents = signal(new Map()); // id -> {session, envelope}

const sessionEvents = computed(() => {
  const events = new Map(received.value);
  for (const [id, { session, envelope }] of ownEvents.value) {
    if (session === sessionId.value) events.set(id, envelope);
  }
  return [...events.values()];
});

/** Device -> ms: how far this tablet's wall clock is off as it last knew, for sessions in which it has
 * never said so. Only what is shown before the server is met needs it. */
export const assumedOffsets = signal({});

export const things = computed(() => linkThings(sessionEvents.value, assumedOffsets.value));
export const state = computed(() => foldThings(things.value, formatUtc(foldedAtMs.value)));

/** The same object as long as it says the same: what reads it repaints only when it changed. */
function steady(read) {
  let last = null;
  let text = "";
  return computed(() => {
    const next = read();
    const written = JSON.stringify(next) ?? "";
    if (written !== text) [last, text] = [next, written];
    return last;
  });
}

/** The clock without what runs by itself: the digits count down to `ends_at`. */
export const clock = steady(() => ({ ...state.value.clock, remaining_ms: null, active_ms: null }));

/** The circuit clock at this moment, to measure by; null before its start. */
export const runNow = () =>
  runClock(things.value.all.filter(({ kind, shown }) => shown !== null && kind.startsWith("clock_")), nowMs.value);

const listSets = computed(() => foldPlanned(things.value, formatUtc(foldedAtMs.value)));
const plannedSets = new Map();

/** Her sets in the order of the circuit, done or to come, each under the name that both folds give it.
 * @returns {{name: string, number: number, round: number, station: number, index: number}[]} */
export function setsPlannedFor(code) {
  if (!plannedSets.has(code)) {
    plannedSets.set(code, steady(() => listSets.value(code).map(({ segment, station, exercise, number }) =>
      ({ name: `${exercise}/${number}`, number, round: segment.round, station, index: segment.index }))));
  }
  return plannedSets.get(code).value;
}

const people = new Map();
/** @param {string} code @returns {import("@preact/signals").ReadonlySignal<object|null>} */
export function personSignal(code) {
  if (!people.has(code)) people.set(code, steady(() => state.value.people[code] ?? null));
  return people.get(code);
}

/** A strap that two are said to have worn at once: {strap, events, codes}. */
export const overlaps = steady(() => state.value.overlaps.map(({ strap, events }) =>
  ({ strap, events, codes: events.map((about) => findLive(things.value, "wearing", about)?.value.participant) })));

/** How many entries are where, over all sessions on this tablet. */
export const counts = computed(() => {
  const all = [...entries.value.values()];
  const count = (wanted) => all.filter((entry) => entry.state === wanted).length;
  const backedUp = all.filter(({ n }) => n !== null && n <= (server.value.backedUp ?? 0)).length;
  return { saved: all.length, onServer: count("sent"), waiting: count("waiting"), refused: count("refused"), backedUp };
});

export const participants = steady(() => {
  const people = bundle.value?.people ?? [];
  const known = new Map(people.map((person) => [person.code, person]));
  const codes = state.value.session?.participants ?? people.map((person) => person.code);
  return codes.map((code) => known.get(code) ?? { code, sign: code, flags: [], usual_strap: null,
    resting_hr_history: [], plyometrics_ready: false });
});

export const straps = computed(() => bundle.value?.straps ?? []);
export const planned = computed(() => bundle.value?.planned ?? null);

/** Own entries that are new or stand otherwise now. @param {object[]} changed */
export function noteEntries(changed) {
  const all = new Map(entries.value);
  const own = new Map(ownEvents.value);
  let isNews = false;
  for (const entry of changed) {
    all.set(entry.id, entry);
    if (own.has(entry.id) === (entry.state !== "refused")) continue;
    isNews = true;
    if (entry.state === "refused") own.delete(entry.id);
    else own.set(entry.id, entry);
  }
  batch(() => {
    entries.value = all;
    if (isNews) ownEvents.value = own;
  });
}

/** Entries of others; one's own, coming back from the server, are no news. */
export function noteReceived(events) {
  const news = events.filter(({ id }) => !received.value.has(id) && !ownEvents.value.has(id));
  if (news.length === 0) return false;
  received.value = new Map([...received.value, ...news.map((event) => [event.id, event])]);
  return true;
}

/** Whether a session is open here and not over. */
export const goesOn = () => sessionId.value !== null && state.value.phase !== null && !state.value.closed;
