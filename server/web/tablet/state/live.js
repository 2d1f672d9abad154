// What the straps say now: one frame a second from the server, ageing by the tablet's own clock.

import { batch, signal } from "@preact/signals";
import { ageTile } from "/static/ageing.js";
import { openConnection } from "/static/connection.js";
import { addValue } from "../core/heart_window.js";
import { readNowMs } from "../shell/time.js";

// what happens now, and not the session's own: at arrivals most straps are on nobody yet
const STREAM = "/api/v1/sessions/now/live";

const tiles = new Map(); // serial -> signal of what its tile shows, or null

/** What a strap's tile shows now, aged: a signal of its own, so that one tile repaints, not fifteen. */
export function tileOf(serial) {
  if (!tiles.has(serial)) tiles.set(serial, signal(null));
  return tiles.get(serial);
}

/** Serials in the newest frame, in its order. */
export const heard = signal([]);
/** {phase: "connecting"|"live"|"lost", ageS, gateways: a frame's, with silentS} */
export const feed = signal({ phase: "connecting", ageS: Infinity, gateways: [], sinceWall: null });

/** Serial -> heart rates of the last minutes; not a signal: read when a baseline or event needs it. */
export const heartRates = new Map();

/** Called with each frame's tiles and how old it is, s: for what needs more than a tile shows. */
export const listeners = new Set();

let connection = null;

/** @param {() => void} onFrame a sign of life of the server */
export function openLive(onFrame) {
  connection = openConnection(STREAM, () => {
    takeFrame();
    onFrame();
  });
}

export const retryLive = () => connection?.retry();

/** Four times a second: what isn't told anew grows older. */
export function ageLive() {
  if (connection === null) return;
  connection.check();
  const { phase, frame, elapsedS, sinceWall } = connection.read();
  const gateways = (frame?.gateways ?? []).map((told) => ({ ...told, silentS: told.age_s + elapsedS }));
  batch(() => {
    feed.value = { phase, ageS: elapsedS, gateways, sinceWall };
    const shown = (frame?.tiles ?? []).map((tile) => pick(ageTile(tile, elapsedS), elapsedS));
    setIfChanged(heard, shown.map(({ strap }) => strap));
    for (const tile of shown) setIfChanged(tileOf(tile.strap), tile);
  });
}

const KNOCK_SHOWN_S = 5; // after three knocks: time to look up from her to the tablet

function pick({ strap, simulated, state, word, shown, number, age, battery_pct, conflict = false, signal = null, knocked_age_s: knockedS }, elapsedS) {
  const knocked = (knockedS ?? Infinity) + elapsedS < KNOCK_SHOWN_S;
  return { strap, simulated, state, word, shown, number, age, battery_pct, conflict, signal, knocked };
}

function setIfChanged(target, value) {
  if (JSON.stringify(target.value) !== JSON.stringify(value)) target.value = value;
}

function takeFrame() {
  const { frame, elapsedS } = connection.read();
  if (frame === null) return; // told that the stream ended, before any frame
  const now = readNowMs();
  for (const tile of frame.tiles) {
    if (tile.bpm === null || tile.bpm_age_s === null || tile.bpm_age_s + elapsedS > 2) continue;
    const value = { ms: Math.round(now - (tile.bpm_age_s + elapsedS) * 1000), bpm: tile.bpm };
    heartRates.set(tile.strap, addValue(heartRates.get(tile.strap) ?? [], value));
  }
  for (const listen of listeners) listen(frame.tiles, elapsedS);
  ageLive();
}
