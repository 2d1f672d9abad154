// What the simulated women say, where a trainer would hear it.

import { signal } from "@preact/signals";
import { bundle, planned, things } from "../../state/model.js";
import { endsOf, sayEffort } from "../core/saying.js";
import { log } from "./troubles.js";
import { world } from "./world.js";

/** Whom the effort sheet is about: {code, round}; null while it never was. */
export const asked = signal(null);
export function noteAsked(code, round) {
  if (asked.value?.code !== code || asked.value.round !== round) asked.value = { code, round };
}

/** @param {string|null} code @param {number|null} round null: the whole session @returns {number|null} */
export function hearEffort(code, round) {
  const woman = world.women.find((one) => one.code === code);
  const effort = planned.value?.effort;
  if (!woman || !effort) return null;
  const scale = bundle.value.effort.scale;
  return sayEffort(woman, round, { scale, accept: scale === "cr10" ? effort.cr10 : effort.accept }, readJump(code));
}

/** First the highest number there is; once that was entered, the lowest; then as always. */
function readJump(code) {
  const jump = log.value.findLast((one) => one.name === "effort_jump" && one.code === code);
  if (!jump) return "none";
  const { highest, lowest } = endsOf(bundle.value.effort.scale);
  const said = (rating) => things.value.all.some(({ kind, about, shown }) => kind === "rpe" && about.startsWith(`${code}/`) &&
    shown?.value.rating === rating && Date.parse(shown.occurred_at) >= jump.atMs);
  return !said(highest) ? "high" : said(lowest) ? "none" : "low";
}
