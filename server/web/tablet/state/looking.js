// A tap on a woman's tile during or after the work says: I looked at her.

import { t } from "/static/translate.js";
import { activeAt } from "../core/fold/clock.js";
import { readLate } from "./late_warmup.js";
import { runNow } from "./model.js";
import { personOf, setAt, signCode } from "./people.js";
import { isOpenSet, logSet } from "./set_acts.js";

/** Nor does a tap say that she did what she missed, or what had begun when she came; and whoever may
 * still warm up first hasn't begun. */
export function lookAt(code, station, round) {
  if (station === null || round === null || personOf(code).standing !== "present") return;
  if (!isOpenSet(code, station, round) || cameInIt(code, station, round) || readLate(code)?.isOffered) return;
  logSet(code, station, round, undefined, t("{who}: set {n} seen, as planned", { who: signCode(code), n: round }));
}

/** Whether the work had begun when she came: nobody saw the whole of it.
 * Measured in running time, as the fold does: a hold takes none. */
export function cameInIt(code, station, round) {
  const set = setAt(code, station, round);
  const { since } = personOf(code);
  if (set === null || since === null) return false;
  const run = runNow();
  return run.segments[set.index].beginMs < activeAt(run, Date.parse(since));
}
