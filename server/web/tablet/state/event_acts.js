// What taps mean when something happened to somebody: she is stopped at the first, the rest follows.

import { findLive } from "../core/fold/things.js";
import { listBefore } from "../core/heart_window.js";
import { readNowMs } from "../shell/time.js";
import { draftResume, holdPerson } from "./attendance.js";
import { draftHold } from "./clock_acts.js";
import { enter, makeId, may, readNowUtc } from "./entering.js";
import { heartRates } from "./live.js";
import { state, things } from "./model.js";
import { personOf, stationOf, strapOf } from "./people.js";

/** The supervisor kneels beside her: the others' clock waits too. */
const HOLDS_ALL = new Set(["fall", "dizzy", "chest_breath"]);

/** Who it is: from this tap on she is stopped, whatever it turns out to be. */
export const stopPerson = (code) => holdPerson(code, "stopped by a person", null);

/** What it is: fixed with its time and with what the tablet knows about that moment. */
export async function reportEvent(code, what) {
  const about = makeId();
  const event = { kind: "adverse_event", about, value: { participant: code, what, context: readContext(code) } };
  const hold = HOLDS_ALL.has(what) && state.value.clock.state === "running" ? [draftHold(what)] : [];
  await enter(() => [event, ...hold]);
  return about;
}

function readContext(code) {
  const { clock, room } = state.value;
  const station = stationOf(code);
  const strap = strapOf(code);
  const climate = room.climate.end ?? room.climate.middle ?? room.climate.start;
  return {
    round: clock.round,
    exercise: station === null ? null : clock.stations[station],
    set: clock.round,
    room_c: climate?.temperature_c ?? null,
    hr_last_5min: strap === null ? null : listBefore(heartRates.get(strap) ?? [], readNowMs()),
    strap,
  };
}

export const followUp = (about, found) => enter(() => [{
  kind: "adverse_event_followup", about,
  value: { outcome: null, settled_at: null, serious: null, text: null, ...found },
}]);

export const settledNow = (about) => followUp(about, { settled_at: readNowUtc() });

/** It stays in the ledger; this says that somebody took it back, and who. */
export const takeBack = (about, code) => enter(() => {
  const live = findLive(things.value, "adverse_event", about);
  if (live === null) return [];
  const back = { kind: "adverse_event", about, value: null, supersedes: live.id, reason: "not an event after all" };
  const resume = draftResume(code);
  return personOf(code).held && may(resume) ? [back, resume] : [back];
});
