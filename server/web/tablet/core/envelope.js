// From what a tap means to the envelope that the ledger takes. Pure.

import { makeUuid7 } from "./uuid7.js";

/**
 * @typedef {{kind: string, about: string, value: any, supersedes?: string|null,
 *   reason?: string|null}} Draft what somebody entered, before it has an id and a time
 * @typedef {{ms: number, random: Uint8Array, actor: string, device: string, deviceSeq: number,
 *   offsetMs: number|null}} Stamp who, where and when; `ms` already has the offset in it
 * @typedef {{id: string, kind: string, about: string, value: any, actor: string, device: string,
 *   device_seq: number, occurred_at: string, clock_offset_ms: number|null,
 *   supersedes: string|null, reason: string|null}} Envelope
 */

/**
 * @param {Draft} draft
 * @param {Stamp} stamp
 * @returns {Envelope}
 */
export function makeEnvelope(draft, stamp) {
  return {
    id: makeUuid7(stamp.ms, stamp.random),
    kind: draft.kind,
    about: draft.about,
    value: draft.value,
    actor: stamp.actor,
    device: stamp.device,
    device_seq: stamp.deviceSeq,
    occurred_at: formatUtc(stamp.ms),
    clock_offset_ms: stamp.offsetMs === null ? null : Math.round(stamp.offsetMs),
    supersedes: draft.supersedes ?? null,
    reason: draft.reason ?? null,
  };
}

/** Later than the last one by at least a millisecond, so that one tablet's order is never chance.
 * A clock that was set back far isn't waited for. */
export function laterThan(lastMs, nowMs) {
  const WAIT_FOR_MS = 2000;
  return nowMs <= lastMs && lastMs - nowMs < WAIT_FOR_MS ? lastMs + 1 : nowMs;
}

/** @param {number} ms UTC @returns {string} ISO 8601 with milliseconds and Z */
export const formatUtc = (ms) => new Date(ms).toISOString();

/** @param {string|null} text ISO 8601 @returns {number} ms, NaN if it isn't a time */
export const parseUtc = (text) => Date.parse(text ?? "");
