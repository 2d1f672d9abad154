// Which rounds have begun.

import { clock } from "./model.js";

/** Rounds whose work at her station has begun: those can be looked at. */
export function roundsBegun() {
  const now = clock.value;
  if (now.state === "idle") return 0;
  return now.round ?? Math.max(0, ...now.segments.filter((s) => !s.cut).map((s) => s.round));
}
