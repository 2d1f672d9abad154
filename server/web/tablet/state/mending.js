// What taps mean when the record has a strap on the wrong woman.

import { changeStrap, takeOut } from "../core/wearing_mends.js";
import { draftFact, enter, makeId } from "./entering.js";
import { findLive } from "../core/fold/things.js";
import { things } from "./model.js";
import { personOf } from "./people.js";

/** One strap on two women at once: she wore it, the other one didn't then.
 * @param {[string, string]} events the two intervals' own ids */
export const settleOverlap = (events, code, text) => enter(() => {
  const live = events.map((about) => findLive(things.value, "wearing", about));
  const keep = live.find((one) => one?.value.participant === code);
  const wrong = live.find((one) => one && one !== keep);
  return keep && wrong ? draftPieces(wrong, takeOut(wrong.value, keep.value), "another woman wore it") : [];
}, text);

/** Two who wore each other's strap from a moment on, as somebody found out later. What was measured in
 * that time changes places too. @param {string} since UTC */
export const mendSwap = (code, other, since, text) => enter(() => {
  const [one, two] = [lastWorn(code), lastWorn(other)];
  return [
    ...draftPieces(one, changeStrap(one.value, two.value.strap, since), "straps were swapped"),
    ...draftPieces(two, changeStrap(two.value, one.value.strap, since), "straps were swapped"),
    ...["resting_hr", "warmup_hr"].flatMap((kind) => draftExchange(kind, code, other, since)),
    draftCheck(code, two.value.strap),
    draftCheck(other, one.value.strap),
  ];
}, text);

/** The live entry of her newest interval; null when she wore none. */
export function lastWorn(code) {
  const event = personOf(code).wearing.at(-1)?.event;
  return event === undefined ? null : things.value.byId.get(event);
}

function draftPieces({ id, about, value }, [first = null, ...more], reason) {
  if (first === value) return [];
  const corrected = { kind: "wearing", about, value: first, supersedes: id, reason };
  return [corrected, ...more.map((piece) => ({ kind: "wearing", about: makeId(), value: piece }))];
}

function draftExchange(kind, code, other, since) {
  const [one, two] = [code, other].map((who) => findLive(things.value, kind, who)?.value ?? null);
  const isMeasured = (fact) => fact !== null && fact.from !== null && fact.from >= since;
  if (!isMeasured(one) || !isMeasured(two)) return [];
  return [...draftFact(kind, code, two, "straps were swapped"), ...draftFact(kind, other, one, "straps were swapped")];
}

const draftCheck = (about, strap) =>
  ({ kind: "identity_check", about, value: { strap, method: "number", answer: "hers" } });
