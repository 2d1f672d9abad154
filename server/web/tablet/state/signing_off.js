// What a tap means for her readiness to jump: a yes counts from her next session, a no at once and for all
// of tonight, also when somebody says yes again (decision 0024).

import { chooseOpen } from "../core/fold/substitutes.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { actor, planned } from "./model.js";
import { personOf, prescribedTo, stationOf } from "./people.js";
import { draftUnseen } from "./substituting.js";

export const signOffJumps = (code, ready, text) => enter(() => {
  const locked_from = personOf(code).plyometric_signoff?.locked_from ?? (ready ? null : readNowUtc());
  const value = { ready, signed_by: actor.value.name, locked_from };
  return [...(ready ? [] : draftBarred(code)), ...draftFact("plyometric_signoff", code, value, "decided again")];
}, text);

/** She is at a station where she would have jumped: that it was seen as planned isn't so any more. */
function draftBarred(code) {
  const station = planned.value?.stations[stationOf(code)];
  if (!station) return [];
  const told = prescribedTo(code, station);
  const instead = personOf(code).substitutions[station.exercise]?.instead;
  return chooseOpen(told, instead, false) === (instead ?? told) ? [] : draftUnseen(code, station);
}
