// The circuit clock as a function of what was entered and of one moment: absolute times, no counters,
// so that a reload, a second tablet and the wall agree to the second. Pure.

import { formatUtc, parseUtc } from "../envelope.js";

/** @typedef {{index: number, kind: string, round: number, slot: number, seconds: number,
 *   cut: boolean, beginMs: number, endMs: number}} Segment in running time: without the holds
 * @typedef {{event: object, otherStarts: string[], startMs: number, nowMs: number,
 *   segments: Segment[], holds: {fromMs: number, untilMs: number|null}[]}} Run */

/**
 * The first start counts: two trainers who both press start don't restart each other.
 * @param {{kind: string, shown: object}[]} acts live things of the clock in order
 * @param {number} nowMs UTC
 * @returns {Run|null} null before the clock was ever started
 */
export function runClock(acts, nowMs) {
  const [first, ...others] = acts.filter(({ kind }) => kind === "clock_started");
  if (!first) return null;
  const event = first.shown;
  const run = {
    event,
    otherStarts: others.map(({ shown }) => shown.id),
    startMs: parseUtc(event.value.at),
    nowMs,
    segments: layOut(extend(event.value.segments, acts)),
    holds: [],
  };
  const moves = acts.filter(({ kind }) => ["clock_held", "clock_resumed", "clock_cut"].includes(kind))
    .map(({ kind, shown }) => ({ kind, value: shown.value, atMs: parseUtc(shown.value.at) }));
  moves.sort((one, other) => one.atMs - other.atMs);
  for (const move of moves) if (move.atMs <= nowMs) apply(run, move);
  return run;
}

function extend(segments, acts) {
  const added = segments.map(() => 0);
  for (const { kind, shown } of acts) {
    if (kind === "clock_extended") added[shown.value.segment] += shown.value.seconds;
  }
  return segments.map((segment, index) =>
    ({ ...segment, index, seconds: segment.seconds + added[index], cut: false }));
}

function layOut(segments) {
  let endMs = 0;
  return segments.map((segment) => {
    const beginMs = endMs;
    endMs += segment.cut ? 0 : segment.seconds * 1000;
    return { ...segment, beginMs, endMs };
  });
}

function apply(run, { kind, value, atMs }) {
  const last = run.holds.at(-1);
  const isHeld = last !== undefined && last.untilMs === null;
  if (kind === "clock_held" && !isHeld) run.holds.push({ fromMs: atMs, untilMs: null });
  if (kind === "clock_resumed" && isHeld) last.untilMs = atMs;
  if (kind !== "clock_cut") return;
  const active = activeAt(run, atMs);
  run.segments = layOut(run.segments.map((segment) =>
    ({ ...segment, cut: segment.cut || (segment.round > value.rounds && segment.beginMs > active) })));
}

/** Running time at a moment: what has passed since the start without the holds. */
export function activeAt(run, ms) {
  const atMs = Math.max(ms, run.startMs);
  const heldMs = run.holds.reduce((sum, { fromMs, untilMs }) => {
    const end = untilMs === null ? atMs : Math.min(untilMs, atMs);
    return sum + Math.max(0, end - Math.max(fromMs, run.startMs));
  }, 0);
  return atMs - run.startMs - heldMs;
}

export const hasEnded = (run, segment) => !segment.cut && segment.endMs <= activeAt(run, run.nowMs);

/** The clock as everybody reads it. @param {Run|null} run */
export function describeClock(run, isClosed) {
  if (run === null) return IDLE;
  const activeMs = activeAt(run, run.nowMs);
  const runs = ({ beginMs, endMs }) => beginMs <= activeMs && activeMs < endMs;
  const current = isClosed ? undefined : run.segments.find(runs);
  const last = run.holds.at(-1);
  const heldSinceMs = current && last?.untilMs === null ? last.fromMs : null;
  return {
    state: !current ? "done" : heldSinceMs === null ? "running" : "held",
    event: run.event.id,
    started_at: formatUtc(run.startMs),
    other_starts: run.otherStarts,
    ...describeCurrent(run, current, heldSinceMs !== null),
    held_since: heldSinceMs === null ? null : formatUtc(heldSinceMs),
    active_ms: activeMs,
    total_ms: Math.max(...run.segments.map(({ endMs }) => endMs)),
    stations: run.event.value.stations,
    direction: run.event.value.direction,
    segments: run.segments.map(({ beginMs, endMs, ...segment }) => segment),
  };
}

const NOWHERE = { segment: null, kind: null, round: null, slot: null, remaining_ms: 0, ends_at: null };
const IDLE = Object.freeze({
  state: "idle", event: null, started_at: null, other_starts: [], ...NOWHERE, held_since: null,
  active_ms: 0, total_ms: 0, stations: [], direction: null, segments: [],
});

function describeCurrent(run, current, isHeld) {
  if (!current) return NOWHERE;
  const { index: segment, kind, round, slot } = current;
  const remaining_ms = current.endMs - activeAt(run, run.nowMs);
  const endsMs = Math.max(run.nowMs, run.startMs) + remaining_ms;
  return { segment, kind, round, slot, remaining_ms, ends_at: isHeld ? null : formatUtc(endsMs) };
}
