// Whether she is here, and whether she takes part.

import { countsAsHere } from "../core/fold/standing.js";
import { SHORT_WARM_UP } from "../core/short_warm_up.js";
import { enter, readNowUtc } from "./entering.js";
import { newestHold, personOf } from "./people.js";

export const isHere = (code) => countsAsHere(personOf(code).attendance);

const GONE = new Set(["absent", "left"]);
/** Nobody waits for her tonight. */
export const isGone = (code) => GONE.has(personOf(code).attendance);

/** Whether her newest hold is her own short warm-up: as the record says, whatever else is loaded. */
const warmsUp = (code) => newestHold(code)?.value.why === SHORT_WARM_UP;
/** Also out of her own short warm-up. */
export const holdPerson = (code, why, text) =>
  enter(() => (personOf(code).held && !warmsUp(code) ? [] : [{ kind: "person_held", about: code, value: { at: readNowUtc(), why } }]), text);
export const draftResume = (code) =>
  ({ kind: "person_resumed", about: code, value: { at: readNowUtc(), why: null } });
export const resumePerson = (code, text) =>
  enter(() => (personOf(code).held ? [draftResume(code)] : []), text);
