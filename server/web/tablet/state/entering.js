// One tap, one transaction: nothing counts as entered before it is on the tablet's disk.

import { signal } from "@preact/signals";
import { appendEntries } from "../shell/outbox.js";
import { isTimeDoubtful, readNowMs, readOffsetMs } from "../shell/time.js";
import { findLive } from "../core/fold/things.js";
import { isSame } from "../core/fold/canonical.js";
import { actor, entries, foldedAtMs, mergeById, nowMs, sessionId, things } from "./model.js";

export const UNDO_FOR_MS = 8000;

/** What can be taken back: {text, drafts, untilMs}. */
export const undoable = signal(null);
/** A write that failed: the one thing worse than no network. */
export const storeFailure = signal(null);

let shell = null;

/** @param {{database: any, device: string, sync: {flush: () => any}}} parts */
export function useShell(parts) {
  shell = parts;
}

/** @param {import("../core/envelope.js").Draft[]} drafts @returns {Promise<object[]>} as saved */
export async function enter(drafts, undoText = null) {
  if (drafts.length === 0) return [];
  const by = {
    session: sessionId.value,
    actor: actor.value.name,
    device: shell.device,
    nowMs: readNowMs(),
    offsetMs: readOffsetMs(),
  };
  try {
    const saved = await appendEntries(shell.database, drafts, by);
    show(saved, undoText);
    shell.sync.flush();
    return saved;
  } catch (error) {
    storeFailure.value = String(error?.message ?? error);
    return [];
  }
}

function show(saved, undoText) {
  const before = undoText === null ? [] : saved.map(({ envelope }) => invert(envelope));
  mergeById(entries, saved);
  nowMs.value = readNowMs();
  foldedAtMs.value = nowMs.value;
  storeFailure.value = null;
  if (undoText !== null) {
    undoable.value = { text: undoText, drafts: before, untilMs: performance.now() + UNDO_FOR_MS };
  }
}

// What takes it back: an empty entry, or what was there before.
function invert({ id, kind, about, supersedes }) {
  const target = supersedes === null ? null : things.value.byId.get(supersedes);
  return { kind, about, value: target?.value ?? null, supersedes: id, reason: "undone at once" };
}

export async function undo() {
  const drafts = undoable.value?.drafts ?? [];
  undoable.value = null;
  await enter(drafts);
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

export const readNowUtc = () => new Date(readNowMs()).toISOString();
export { isTimeDoubtful };
