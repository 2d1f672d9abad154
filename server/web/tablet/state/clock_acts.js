// What taps mean for the running circuit: its phase and its clock.

import { enter, readNowUtc } from "./entering.js";
import { state, things } from "./model.js";

export const draftPhase = (phase) => ({ kind: "phase_entered", about: "session", value: { phase } });
/** Once: a second tap on the same key says nothing new. */
export const enterPhase = (phase) =>
  enter(() => (state.value.phase?.phase === phase ? [] : [draftPhase(phase)]));

const clockAct = (kind, value = {}) => ({ kind, about: "clock", value: { at: readNowUtc(), ...value } });

export const draftHold = (why = null) => clockAct("clock_held", { why });
const draftWhen = (wanted, draft) => (state.value.clock.state === wanted ? [draft()] : []);
export const holdAll = (text) => enter(() => draftWhen("running", draftHold), text);
export const resumeAll = () => enter(() => draftWhen("held", () => clockAct("clock_resumed")));
export const extend = (seconds, text) =>
  enter(() => [clockAct("clock_extended", { segment: state.value.clock.segment, seconds })], text);
/** The rounds that were shown are cut to these, once. */
export const cutRounds = (rounds, text) => enter(() =>
  (state.value.clock.segments.some((s) => !s.cut && s.round > rounds) ? [clockAct("clock_cut", { rounds })] : []), text);

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
