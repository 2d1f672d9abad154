// What the straps of a practice tell once a second, in the shape of a live frame (server/live/frame.py),
// and what trouble does to it. Pure.

const LOST_AFTER_S = 10; // as server/live/tile.py
const FRESH_S = 3;
const SHAPES = { good: "●", no_contact: "○", lost: "✕", battery: "▭" };
const CHARGE_PCT = 84;
const LOW_PCT = 8;

/**
 * @typedef {{sinceMs: number|null, isLoose: boolean, isLow: boolean, isGateway: boolean,
 *   knockS: number|null}} Trouble of one strap: silent since then, no contact, battery low; the gateway is why;
 *   seconds since three knocks
 * @param {{serial: string, label: string, model: string}} strap
 * @param {{bpm: number, mg: number}|null} worn null: on nobody
 * @param {Trouble} trouble
 */
export function makeTile(strap, worn, trouble, nowMs) {
  const base = { strap: strap.serial, label: strap.label, model: strap.model, simulated: true };
  if (worn === null) return { ...base, ...NOTHING, ...say("lost", "Not heard", "Wet it, put it on, come closer.") };
  const silentS = trouble.sinceMs === null ? 0 : (nowMs - trouble.sinceMs) / 1000;
  if (silentS >= LOST_AFTER_S) return { ...base, ...NOTHING, ...sayLost(silentS, trouble.isGateway) };
  const heard = { ...NOTHING, contact: true, battery_pct: trouble.isLow ? LOW_PCT : CHARGE_PCT, link: "streaming", signal: "strong",
    knocked_age_s: trouble.knockS };
  const moved = { activity_mg: worn.mg, activity_age_s: silentS + 0.3 };
  if (trouble.isLoose) return { ...base, ...heard, ...moved, contact: false, ...say("no_contact", "No contact?", "Wet and tighten.") };
  const beat = { bpm: Math.round(worn.bpm), bpm_age_s: silentS + 0.4, bpm_shown: silentS < FRESH_S ? "fresh" : "stale" };
  const word = trouble.isLow ? say("battery", `Battery ${LOW_PCT} %`, "Change after the session.") : say("good", "Good", "");
  return { ...base, ...heard, ...moved, ...beat, ...word };
}

const NOTHING = Object.freeze({ bpm_shown: "none", bpm: null, bpm_age_s: null, bpm_received: null, contact: null,
  battery_pct: null, activity_mg: null, activity_age_s: null, knocked_age_s: null, link: null, conflict: false,
  clock: null, signal: null });

const say = (state, word, act) => ({ state, shape: SHAPES[state], word, act });

function sayLost(silentS, isGateway) {
  const word = `Lost ${Math.floor(silentS / 60)}:${String(Math.floor(silentS) % 60).padStart(2, "0")}`;
  return say("lost", word, isGateway ? "The gateway is silent. It keeps its own copy." : "Come closer, or take a spare strap.");
}

/** @param {object[]} tiles @param {number|null} silentSinceMs of the gateway */
export function makeFrame(number, tiles, silentSinceMs, nowMs) {
  const age_s = silentSinceMs === null ? 0.5 : (nowMs - silentSinceMs) / 1000;
  return {
    v: 1, frame: number, server_utc: new Date(nowMs).toISOString(), server_monotonic_ns: nowMs * 1e6, tiles,
    gateways: [{ gateway: "practice", age_s, clock_behind_ms: age_s < LOST_AFTER_S ? 0 : null, radio: null }], gaps: [],
  };
}
