// A tap on a woman's tile during or after the work says: I looked at her.

import { computed } from "@preact/signals";
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

const run = computed(runNow);
const standings = new Map();

/** How she came and went, folded once for each change and not for each drawing of a card.
 * @returns {import("../core/fold/standing.js").Standing} */
export function standingOf(code) {
  if (!standings.has(code)) standings.set(code, computed(() => foldStanding(listMoves(things.value, code, () => true))));
  return standings.get(code).value;
}

/** Whether it had begun when she came, or she was aside or held in it: nobody saw the whole of it. As the
 * fold measures, which then assumes nothing. */
export function missedSome(code, station, round) {
  const set = setAt(code, station, round);
  if (set === null) return true; // she had no place in it
  return findAbsence(standingOf(code), run.value, run.value.segments[set.index]) !== null;
}
