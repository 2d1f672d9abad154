// Why the clock is held for all, said after the hold.

import { enter } from "./entering.js";
import { state, things } from "./model.js";

/** The entry that holds the clock now, as it stands. */
export function readHold() {
  const since = state.value.clock.held_since;
  return since === null ? null : things.value.all
    .find(({ kind, shown }) => kind === "clock_held" && shown !== null && Date.parse(shown.value.at) === Date.parse(since))?.shown ?? null;
}

/** The reason comes after the hold and corrects it: a new hold would undo what another tablet resumed. */
export const explainHold = (why) => enter(() => {
  const hold = readHold();
  if (hold === null) return [];
  return [{ kind: "clock_held", about: "clock", value: { at: hold.value.at, why }, supersedes: hold.id, reason: "why it was held" }];
});
