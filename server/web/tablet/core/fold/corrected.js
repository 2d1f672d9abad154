// When things happened, by the server's clock: a tablet that hadn't met the server yet wrote its own
// wall clock, and what it learnt later (or knew before) says how far that was off. Pure.

import { formatUtc, parseUtc } from "../envelope.js";

const TIMED = {
  clock_started: ["at"], clock_held: ["at"], clock_resumed: ["at"], clock_extended: ["at"],
  clock_cut: ["at"], person_held: ["at"], person_resumed: ["at"], station_assigned: ["at"],
  level_changed: ["at"], substitution: ["at"], plyometric_signoff: ["locked_from"],
  wearing: ["from", "until"], resting_hr: ["from", "to"], warmup_hr: ["from", "to"],
  adverse_event_followup: ["settled_at"],
};

/**
 * @param {Iterable<object>} envelopes each may come any number of times, in any order
 * @param {Record<string, number>} [assumed] device -> offset in ms, for one that never said any here
 * @returns {object[]} once each, with `time` in ms, times in values moved along, in order
 */
export function correctTimes(envelopes, assumed = {}) {
  const once = new Map();
  for (const event of envelopes) if (!once.has(event.id)) once.set(event.id, event);
  const devices = Map.groupBy(once.values(), (event) => event.device);
  return [...devices.values()].flatMap((own) => correctDevice(own, assumed[own[0].device])).sort(compareEvents);
}

export function compareEvents(one, other) {
  return one.time - other.time || compareText(one.device, other.device) ||
    one.device_seq - other.device_seq || compareText(one.id, other.id);
}

export const compareText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

// The years that the ledger's texts can say: no pair of entries leads out of them.
const LAST_MS = Date.UTC(2200) - 1;
const clamp = (ms) => Math.min(Math.max(ms, 0), LAST_MS);

function correctDevice(events, assumedMs) {
  const inOrder = [...events].sort((a, b) => a.device_seq - b.device_seq || compareText(a.id, b.id));
  const offsets = findOffsets(inOrder, assumedMs);
  let nextTime = Infinity;
  const corrected = [];
  for (let place = inOrder.length - 1; place >= 0; place--) {
    const event = inOrder[place];
    const occurredMs = parseUtc(event.occurred_at);
    nextTime = clamp(event.clock_offset_ms === null
      ? Math.min(nextTime, occurredMs + offsets[place]) : occurredMs);
    corrected.push(move(event, nextTime, nextTime - occurredMs));
  }
  return corrected;
}

/** Nearest later offset of the device, else the assumed one, by which its entries are written now, else
 * its nearest earlier one; 0 when applied. */
function findOffsets(inOrder, assumedMs) {
  const known = inOrder.map((event) => event.clock_offset_ms);
  return known.map((offset, place) => {
    if (offset !== null) return 0;
    const later = known.slice(place + 1).find((other) => other !== null);
    return later ?? assumedMs ?? known.slice(0, place).findLast((other) => other !== null) ?? 0;
  });
}

function move(event, time, byMs) {
  const value = event.value && byMs !== 0 ? moveTimes(event.kind, event.value, byMs) : event.value;
  return value === event.value ? { ...event, time } : { ...event, time, value };
}

/** A value with its times moved. @returns {object} the same one when its kind has none */
export function moveTimes(kind, value, byMs) {
  const fields = (TIMED[kind] ?? []).filter((field) => value[field]);
  if (fields.length === 0) return value;
  const moved = fields.map((field) => [field, formatUtc(clamp(parseUtc(value[field]) + byMs))]);
  return { ...value, ...Object.fromEntries(moved) };
}
