// What is known and shown now.

import { computed, signal } from "@preact/signals";
import { findSaid } from "../core/said.js";

/** "opening", "signed_out" or "ready". */
export const status = signal("opening");
/** The server's last answer about her, and when it came (UTC ms). */
export const view = signal(null);
export const seenMs = signal(0);
/** In which language the server said so: names of exercises come from it. */
export const saidIn = signal(null);
/** Whether this page couldn't be had in the language that she chose. */
export const isOtherLanguage = signal(false);
export const nowMs = signal(0);
/** Why a code opened nothing, as a sentence; null while none was tried. */
export const refusal = signal(null);
/** Whether she has given the tablet back here. */
export const left = signal(false);
/** Whether the last try reached the server. */
export const reached = signal(true);
/** Whether the server had something of hers offered and didn't take it yet. */
export const unsent = signal(false);
export const entries = signal([]);
export const screen = signal("today");
/** Her own path, in memory only: her PIN keeps it closed. */
export const path = signal(null);

/** What entries of hers are signed with. */
export const nameAuthor = (code) => `participant.${code.toLowerCase()}`;
export const author = computed(() => (view.value ? nameAuthor(view.value.me.code) : null));
const own = computed(() => entries.value.filter(({ envelope }) => envelope.actor === author.value));
const isStillHere = ({ state }) => state === "waiting";
export const waiting = computed(() => own.value.filter(isStillHere).length);
/** Of women who were here before: how many, and never what. */
export const othersWaiting = computed(() => entries.value.filter(isStillHere).length - waiting.value);
/** The kinds of what the study couldn't take of hers. */
export const setAsideKinds = computed(() => own.value.filter(({ state }) => state === "refused").map(({ envelope }) => envelope.kind));

/** @returns {object|null} the newest envelope of hers */
export const saidOf = (kind, session) => findSaid(entries.value, author.value, kind, session);
export const isWaiting = (id) => entries.value.some((one) => one.id === id && isStillHere(one));

export function noteEntries(changed) {
  const byId = new Map(entries.value.map((one) => [one.id, one]));
  for (const one of changed) byId.set(one.id, one);
  entries.value = [...byId.values()];
}

export const open = (name) => (screen.value = name);
