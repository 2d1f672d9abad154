// Collects how much everybody's strap moves at each station and asks, after each, whether two are
// swapped. Only in memory: after a reload it begins anew with the frames that come then.

import { effect, untracked } from "@preact/signals";
import { addActivity, meanActivity } from "../core/movement_window.js";
import { stationInSlot } from "../core/rotation.js";
import { findSwaps, keepDoubts } from "../core/swap_by_movement.js";
import { readNowMs } from "../shell/time.js";
import { doubts, isOpen, isSettled, showDoubts, wearingOf } from "./doubt.js";
import { listeners } from "./live.js";
import { clock, participants, state } from "./model.js";
import { personOf } from "./people.js";

const OLDEST_S = 2;
const heard = new Map(); // clock and wearing -> slot -> what moved
let nEnded = 0;

export function watchMovement() {
  listeners.add(noteFrame);
  effect(showDoubts);
  effect(() => {
    const ended = listEnded(clock.value);
    if (ended.length !== nEnded) untracked(() => judge(ended));
    nEnded = ended.length;
  });
}

export const nameSlot = ({ round, slot }) => `${round}/${slot}`;
export const nameWorn = (worn) => `${clock.value.event} ${worn.event}`;

function noteFrame(tiles, elapsedS) {
  const { state: going, kind, ends_at: ends, segment, segments } = clock.value;
  if (going !== "running" || kind !== "work") return;
  const ms = readNowMs();
  const intoS = segments[segment].seconds - (Date.parse(ends) - ms) / 1000;
  const told = new Map(tiles.filter((tile) => isHers(tile, elapsedS)).map((tile) => [tile.strap, tile.activity_mg]));
  for (const { code } of participants.value) {
    const worn = wearingOf(code);
    if (!told.has(worn?.strap)) continue;
    const name = nameWorn(worn);
    if (!heard.has(name)) heard.set(name, new Map());
    addActivity(heard.get(name), { slot: nameSlot(segments[segment]), intoS, ms, mg: told.get(worn.strap) });
  }
}

/** Told just now, by a strap that somebody wears and that is only one. */
export const isHers = ({ activity_mg: mg, activity_age_s: ageS, state: strapState, conflict }, elapsedS) =>
  mg !== null && ageS !== null && ageS + elapsedS <= OLDEST_S && strapState !== "no_contact" && !conflict;

const listEnded = ({ segment, segments, state: going }) =>
  segments.filter(({ kind, cut }, index) => kind === "work" && !cut && (going === "done" || index < segment));

function judge(ended) {
  if (ended.length === 0 || state.value.closed) return;
  const women = participants.value.filter(({ code }) => wearingOf(code))
    .map(({ code }) => ({ code, settled: isSettled(code), slots: listSlots(code, ended) }));
  const found = findSwaps(women).map(({ codes }) => ({ codes, worn: codes.map((code) => wearingOf(code).event) }));
  doubts.value = keepDoubts(doubts.value.filter(isOpen), found);
}

/** What she did in each finished slot, where she was there, and how much her strap moved. */
function listSlots(code, ended) {
  const { direction, stations } = clock.value;
  const { start_station: start, sets } = personOf(code);
  const moved = heard.get(nameWorn(wearingOf(code)));
  return start === null ? [] : ended.flatMap((segment) => {
    const station = stationInSlot(start, direction, segment.slot, stations.length);
    const set = Object.values(sets).find((one) => one.round === segment.round && one.station === station);
    if (!set || set.missing !== null) return [];
    return [{ slot: nameSlot(segment), did: set.exercise, mg: meanActivity(moved, nameSlot(segment), segment.seconds) }];
  });
}
