// What taps mean for the running circuit: its phase and its clock.

import { enter, readNowUtc } from "./entering.js";
import { state } from "./model.js";

export const draftPhase = (phase) => ({ kind: "phase_entered", about: "session", value: { phase } });
/** Once: a second tap on the same key says nothing new. */
export const enterPhase = (phase) =>
  enter(() => (state.value.phase?.phase === phase ? [] : [draftPhase(phase)]));

const clockAct = (kind, value = {}) => ({ kind, about: "clock", value: { at: readNowUtc(), ...value } });

export const draftHold = (why = null) => clockAct("clock_held", { why });
const draftWhen = (wanted, draft) => (state.value.clock.state === wanted ? [draft()] : []);
export const holdAll = (text) => enter(() => draftWhen("running", draftHold), text);
export const resumeAll = () => enter(() => draftWhen("held", () => clockAct("clock_resumed")));
/** @param {number} segment the one that was shown: it is longer, also when it ended while that was saved */
export const extend = (segment, seconds, text) =>
  enter(() => draftWhen("running", () => clockAct("clock_extended", { segment, seconds })), text);
/** The rounds that were shown are cut to these, once. */
export const cutRounds = (rounds, text) => enter(() =>
  (state.value.clock.segments.some((s) => !s.cut && s.round > rounds) ? [clockAct("clock_cut", { rounds })] : []), text);
