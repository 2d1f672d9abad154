// A tap on a woman's tile during or after the work says: I looked at her.

import { t } from "/static/translate.js";
import { findAbsence, foldStanding } from "../core/fold/standing.js";
import { listMoves } from "../core/moves.js";
import { readLate } from "./late_warmup.js";
import { runNow, things } from "./model.js";
import { personOf, setAt, signCode } from "./people.js";
import { isOpenSet, logSet } from "./set_acts.js";

/** Nor does a tap say that she did what she missed, or missed some of; and whoever may still warm up
 * first hasn't begun. */
export function lookAt(code, station, round) {
  if (station === null || round === null || personOf(code).standing !== "present") return;
  if (!isOpenSet(code, station, round) || missedSome(code, station, round) || readLate(code)?.isOffered) return;
  logSet(code, station, round, undefined, t("{who}: set {n} seen, as planned", { who: signCode(code), n: round }));
}

/** Whether it had begun when she came, or she was aside or held in it: nobody saw the whole of it. As the
 * fold measures, which then assumes nothing. */
export function missedSome(code, station, round) {
  const set = setAt(code, station, round);
  if (set === null) return true; // she had no place in it
  const run = runNow();
  const standing = foldStanding(listMoves(things.value, code, () => true));
  return findAbsence(standing, run, run.segments[set.index]) !== null;
}
