// One tap, one transaction: nothing counts as entered before it is on the tablet's disk.

import { batch, signal } from "@preact/signals";
import { isGranted } from "../core/granted.js";
import { makeUuid7 } from "../core/uuid7.js";
import { appendEntries } from "../shell/outbox.js";
import { readNowMs, readOffsetMs, readStampMs, readUnsaidMs } from "../shell/time.js";
import { moveTimes } from "../core/fold/corrected.js";
import { findLive } from "../core/fold/things.js";
import { isSame } from "../core/fold/canonical.js";
import { actor, foldedAtMs, noteEntries, nowMs, sessionId, things } from "./model.js";

export const UNDO_FOR_MS = 8000;
const SEND_AFTER_MS = 50; // what was tapped is painted first

/** What can be taken back: {text, drafts, untilMs}. */
export const undoable = signal(null);
/** A write that failed: the one thing worse than no network. */
export const storeFailure = signal(null);

let shell = null;

/** @param {{database: any, device: string, sync: {flush: () => any}}} parts */
export function useShell(parts) {
  shell = parts;
}

let writing = Promise.resolve([]);

/**
 * One after the other: what a second quick tap means is worked out when the first is saved, so that it
 * corrects the first and never stands beside it.
 * @param {() => import("../core/envelope.js").Draft[]} makeDrafts
 * @param {string|null} undoText what can be taken back, in words; null when that makes no sense
 * @returns {Promise<object[]>} as saved; nothing when there is nothing to say, or it couldn't be saved
 */
export function enter(makeDrafts, undoText = null) {
  writing = writing.then(() => write(makeDrafts(), undoText)).catch((error) => {
    storeFailure.value = String(error?.message ?? error);
    return [];
  });
  return writing;
}

/** When all that was tapped so far is on the disk. */
export const whenWritten = () => writing;

async function write(drafts, undoText) {
  if (drafts.length === 0) return [];
  const by = {
    session: sessionId.value,
    actor: actor.value.name,
    device: shell.device,
    nowMs: readStampMs(),
    offsetMs: readOffsetMs(),
  };
  const saved = await appendEntries(shell.database, drafts.map(asStamped), by);
  show(saved, undoText);
  setTimeout(shell.sync.flush, SEND_AFTER_MS);
  return saved;
}

/** Times in a value go with the entry's stamp: by the wall clock as long as that is all there is. */
function asStamped(draft) {
  const unsaidMs = readUnsaidMs();
  return draft.value === null || unsaidMs === 0 ? draft : { ...draft, value: moveTimes(draft.kind, draft.value, -unsaidMs) };
}

function show(saved, undoText) {
  const before = undoText === null ? [] : saved.map(({ envelope }) => invert(envelope));
  batch(() => {
    noteEntries(saved);
    nowMs.value = readNowMs();
    foldedAtMs.value = nowMs.value;
    storeFailure.value = null;
    undoable.value = undoText === null ? followUp(undoable.value, saved)
      : { text: undoText, drafts: before, untilMs: performance.now() + UNDO_FOR_MS };
  });
}

/** What an offer takes back may have been explained since: then it is the explained entry that goes. */
const followUp = (offer, saved) => offer && { ...offer, drafts: offer.drafts.map((draft) => {
  const later = saved.find(({ envelope }) => envelope.supersedes === draft.supersedes);
  return later ? { ...draft, supersedes: later.envelope.id } : draft;
}) };

// What takes it back: an empty entry, or what was there before.
function invert({ id, kind, about, supersedes }) {
  const target = supersedes === null ? null : things.value.byId.get(supersedes);
  return { kind, about, value: target?.value ?? null, supersedes: id, reason: "undone at once" };
}

export async function undo() {
  const drafts = undoable.value?.drafts ?? [];
  undoable.value = null;
  await enter(() => drafts.filter(may));
}

/**
 * A fact as it is now: new, a correction of the live one, or nothing when it says so already.
 * @returns {import("../core/envelope.js").Draft[]}
 */
export function draftFact(kind, about, value, reason = "changed on the tablet") {
  const live = findLive(things.value, kind, about);
  if (live === null) return value === null ? [] : [{ kind, about, value }];
  if (isSame(live.value, value)) return [];
  return [{ kind, about, value, supersedes: live.id, reason }];
}

/** As the screen shows it; `enter` writes it as the stamp needs it. */
export const readNowUtc = () => new Date(readNowMs()).toISOString();

/** Whether it is for whoever taps now to enter. @param {{kind: string, supersedes?: string|null}} draft */
export const may = (draft) => isGranted(actor.value?.role, draft);

/** An id for a thing that has entries of its own: an event, a time of wearing a strap. */
export const makeId = () => makeUuid7(readStampMs(), crypto.getRandomValues(new Uint8Array(10)));
