// What the app knows, as signals. The session is never stored as such: it is the fold of its entries.

import { computed, signal } from "@preact/signals";
import { formatUtc } from "../core/envelope.js";
import { foldThings } from "../core/fold/fold.js";
import { linkThings } from "../core/fold/things.js";

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

/** What is known of the server: reached, signed in, who must enter her PIN there. */
export const server = signal({ reached: null, status: 0, code: null, sinceMs: null, unknownActors: [] });

export const sessionEvents = computed(() => {
  const events = new Map();
  for (const event of received.value.values()) events.set(event.id, event);
  for (const entry of entries.value.values()) {
    if (entry.session === sessionId.value && entry.state !== "refused") events.set(entry.id, entry.envelope);
  }
  return [...events.values()];
});

export const things = computed(() => linkThings(sessionEvents.value));
export const state = computed(() => foldThings(things.value, formatUtc(foldedAtMs.value)));

/** How many entries are where, over all sessions on this tablet. */
export const counts = computed(() => {
  const all = [...entries.value.values()];
  const count = (wanted) => all.filter((entry) => entry.state === wanted).length;
  return { saved: all.length, onServer: count("sent"), waiting: count("waiting"), refused: count("refused") };
});

export const participants = computed(() => {
  const people = bundle.value?.people ?? [];
  const planned = state.value.session?.participants;
  const known = new Map(people.map((person) => [person.code, person]));
  const codes = planned ?? people.map((person) => person.code);
  return codes.map((code) => known.get(code) ?? { code, sign: code, flags: [], usual_strap: null,
    resting_hr_history: [], plyometrics_ready: false });
});

export const straps = computed(() => bundle.value?.straps ?? []);
export const planned = computed(() => bundle.value?.planned ?? null);

/** @param {string} code @returns {string} what the trainer calls her: sign and code */
export const signOf = (code) =>
  participants.value.find((person) => person.code === code)?.sign ?? code;

/** @param {Iterable<{id: string}>} changed */
export function mergeById(target, changed) {
  const merged = new Map(target.value);
  for (const one of changed) merged.set(one.id, one);
  target.value = merged;
}
