// What taps mean for effort: a round's, and the whole session's.

import { reachesHold } from "../core/alerts.js";
import { findEnd } from "../core/circuit_end.js";
import { readNowMs } from "../shell/time.js";
import { findDone } from "./done_there.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { bundle, clock, runNow, setsPlannedFor } from "./model.js";
import { isBegun, personOf, readSafety } from "./people.js";

/** Where a round's effort is hers to say: the station that she has done last in it. Before there is
 * one, the station where she is.
 * @returns {{station: number, did: string, when: "now"|"just"|"before"}|null} `did`: the exercise that she did
 *   there, or does; `before`: others have worked since */
export function findAsked(code, round) {
  const own = setsPlannedFor(code).filter((set) => set.round === round);
  const { sets } = personOf(code);
  const done = own.findLast(({ name, index }) => isOver(index) && !sets[name]?.missing);
  if (done) return { station: done.station, did: findDone(code, done.station, done.name), when: isNewest(done.index) ? "just" : "before" };
  const going = own.find(({ index }) => isBegun(index) && !isOver(index));
  return going ? { station: going.station, did: findDone(code, going.station), when: "now" } : null;
}

const isOver = (index) => clock.value.state === "done" || index < (clock.value.segment ?? -1);
const isNewest = (index) => !clock.value.segments.some((one) =>
  one.kind === "work" && !one.cut && one.index > index && isOver(one.index));

/** A round's effort.
 * @param {string|null} exercise the one that stood on the screen when she was asked
 * @param {{rating: number|null, missing_reason?: string|null, source: string|null}} given */
export const rate = (code, round, exercise, given, text) => enter(() => {
  const about = given.rating === null ? null : exercise;
  const said = draftFact("rpe", `${code}/${round}`, { ...makeEffort(given), exercise: about }, "said again");
  return said.length === 0 ? [] : [...said, ...draftSignedHold(code, given.rating)];
}, text);

/** What a clinician signed to hold her holds her in the tap that says so; a person lets her go on. */
function draftSignedHold(code, rating) {
  if (!reachesHold(readSafety(), rating) || personOf(code).held) return [];
  return [{ kind: "person_held", about: code, value: { at: readNowUtc(), why: "effort at the signed limit" } }];
}

const MOST_MINUTES = 2880; // two days: the ledger takes no more

/** The whole session's, with how long after its end she was asked. */
export const rateSession = (code, given, text) => enter(() => {
  const run = runNow();
  const endMs = run && findEnd(run);
  const minutes = endMs === null ? -1 : Math.round((readNowMs() - endMs) / 60_000);
  const minutes_after_end = minutes < 0 || minutes > MOST_MINUTES ? null : minutes;
  return draftFact("session_rpe", code, { ...makeEffort(given), minutes_after_end }, "said again");
}, text);

export function draftNotAsked(codes, round) {
  const value = { ...makeEffort({ rating: null, missing_reason: "not_asked", source: null }), exercise: null };
  return codes.flatMap((code) => draftFact("rpe", `${code}/${round}`, value));
}

function makeEffort({ rating, missing_reason = null, source }) {
  const { scale = "borg_6_20", anchor_pack: anchors = "none" } = bundle.value?.effort ?? {};
  return { scale, rating, missing_reason, source: rating === null ? null : source, anchor_pack: anchors };
}
