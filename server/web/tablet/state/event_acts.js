// What taps mean when something happened to somebody: she is stopped at the first, the rest follows.

import { activeAt } from "../core/fold/clock.js";
import { findLive } from "../core/fold/things.js";
import { listHolding } from "../core/holding.js";
import { SHORT_WARM_UP } from "../core/short_warm_up.js";
import { listBefore } from "../core/heart_window.js";
import { readNowMs } from "../shell/time.js";
import { draftResume } from "./attendance.js";
import { draftHold } from "./clock_acts.js";
import { findDone } from "./done_there.js";
import { enter, makeId, may, readNowUtc } from "./entering.js";
import { heartRates } from "./live.js";
import { runNow, state, things } from "./model.js";
import { personOf, setAt, stationOf, strapOf } from "./people.js";
import { draftEnd } from "./wearing.js";

/** The supervisor kneels beside her: the others' clock waits too. */
const HOLDS_ALL = new Set(["fall", "dizzy", "chest_breath"]);

/** What it is. @param {object} context as `readContext` had it when she was stopped
 * @returns {Promise<string|null>} null when it couldn't be saved */
export async function reportEvent(code, what, context) {
  const about = makeId();
  const event = { kind: "adverse_event", about, value: { participant: code, what, context } };
  const hold = HOLDS_ALL.has(what) && state.value.clock.state === "running" ? [draftHold(what)] : [];
  const saved = await enter(() => [event, ...hold]);
  return saved.length === 0 ? null : about;
}

/** What the tablet knows about this moment: where she is, what she does, and her heart rate before it. */
export function readContext(code) {
  const { clock, room } = state.value;
  const station = stationOf(code);
  const strap = strapOf(code);
  const climate = room.climate.end ?? room.climate.middle ?? room.climate.start;
  return {
    round: clock.round,
    exercise: station === null ? null : findDone(code, station, setAt(code, station, clock.round)?.name),
    set: clock.round,
    room_c: climate?.temperature_c ?? null,
    hr_last_5min: strap === null ? null : listBefore(heartRates.get(strap) ?? [], readNowMs()),
    strap,
  };
}

const GONE = ["went_home", "ambulance"]; // and her strap with her

export const followUp = (about, found) => enter(() => [{
  kind: "adverse_event_followup", about,
  value: { outcome: null, settled_at: null, serious: null, text: null, ...found },
}, ...(GONE.includes(found.outcome) ? draftEnd(state.value.events[about].participant, readNowUtc(), "she has left") : [])].filter(may));

export const settledNow = (about) => followUp(about, { settled_at: readNowUtc() });

/** What one sheet entered about somebody. @typedef {{hold: string|null|undefined, event: string|null}} Own
 * `hold` undefined: it is being written */

/** Whether she is held by more than what this sheet entered. @param {Own} own */
export const isHeldOtherwise = (code, own) => listOther(code, own).length > 0;

/** Whether that is her own short warm-up alone: it goes on when nothing happened. @param {Own} own */
export const wasWarmingUp = (code, own) => isHeldOtherwise(code, own) && listOther(code, own)
  .every(({ id }) => things.value.byId.get(id).value.why === SHORT_WARM_UP);

/** Since before it did: without its hold, too, she was held all the time. @param {Own} own */
const wasHeldBefore = (code, own) => listHolding(things.value, code).findIndex(isOther(own)) === 0;

const listOther = (code, own) => listHolding(things.value, code).filter(isOther(own));

const isOther = ({ hold, event }) => ({ kind, about, id }) => (kind === "adverse_event" ? about !== event : id !== hold);

/** It stays in the ledger; this says that somebody took it back, and who. @param {Own} own */
export const takeBack = (code, own) => enter(() => {
  const live = findLive(things.value, "adverse_event", own.event);
  if (live === null) return [];
  const back = { kind: "adverse_event", about: own.event, value: null, supersedes: live.id, reason: "not an event after all" };
  return [back, ...draftRelease(code, own)];
});

/** Nothing happened. @param {Own} own @returns {Promise<boolean>} false when it couldn't be saved */
export async function release(code, own) {
  let drafts = null; // until it is known what to enter
  const saved = await enter(() => (drafts = draftRelease(code, own, !missedWork(own))));
  return saved.length === drafts?.length;
}

/** She goes on, unless something else holds her. Her hold is taken back only where that makes no set hers
 * that she missed; else it stays, and nothing is entered while she is held otherwise.
 * @param {boolean} isSlip as if she had never been held, so that the work that runs stays hers */
function draftRelease(code, own, isSlip = false) {
  if (!personOf(code).held) return [];
  const drafts = isSlip || wasHeldBefore(code, own) ? draftBack(code, own.hold)
    : isHeldOtherwise(code, own) ? [] : [draftResume(code)];
  return drafts.filter(may);
}

const draftBack = (code, hold) => (hold === null ? []
  : [{ kind: "person_held", about: code, value: null, supersedes: hold, reason: "nothing happened" }]);

/** Whether some work was over while what this sheet entered held her: nobody says that she did that. */
function missedWork({ hold }) {
  const run = runNow();
  if (hold === null || run === null) return false;
  const [heldMs, goneMs] = [Date.parse(things.value.byId.get(hold)?.value.at), run.nowMs].map((ms) => activeAt(run, ms));
  return run.segments.some(({ kind, cut, endMs }) => kind === "work" && !cut && heldMs < endMs && endMs <= goneMs);
}
