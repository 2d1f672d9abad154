// Whether she is here, and whether she takes part.

import { enter, readNowUtc } from "./entering.js";
import { personOf, warming } from "./people.js";

const HERE = new Set(["present", "late", "back"]);

export const countsAsHere = (attendance) => HERE.has(attendance);
export const isHere = (code) => countsAsHere(personOf(code).attendance);

const GONE = new Set(["absent", "left"]);
/** Nobody waits for her tonight. */
export const isGone = (code) => GONE.has(personOf(code).attendance);

/** Also out of her own short warm-up. */
export const holdPerson = (code, why, text) =>
  enter(() => (personOf(code).held && !warming.value[code] ? [] : [{ kind: "person_held", about: code, value: { at: readNowUtc(), why } }]), text);
export const draftResume = (code) =>
  ({ kind: "person_resumed", about: code, value: { at: readNowUtc(), why: null } });
export const resumePerson = (code, text) =>
  enter(() => (personOf(code).held ? [draftResume(code)] : []), text);
