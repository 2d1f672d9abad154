// Two women whose straps may be swapped, as long as nobody has said whose they are.

import { signal } from "@preact/signals";
import { personOf, rivals } from "./people.js";

/** {codes: [code, code], worn: [event, event]}: whom the movement names, and what they wore then. */
export const doubts = signal([]);

export const wearingOf = (code) => personOf(code).wearing.findLast(({ until }) => until === null);

const PUTTING_ON_MS = 2000; // the check that comes with putting it on is no answer

/** Whether somebody was asked about her strap since she has it. */
export function isSettled(code) {
  const worn = wearingOf(code);
  return personOf(code).identity_checks.some(({ strap, at }) =>
    strap === worn?.strap && Date.parse(at) - Date.parse(worn.from) > PUTTING_ON_MS);
}

export const isOpen = ({ codes, worn }) =>
  codes.every((code, place) => wearingOf(code)?.event === worn[place] && !isSettled(code));

/** Tiles hear of a question, and of its answer, here. */
export function showDoubts() {
  const open = doubts.value.filter(isOpen).flatMap(({ codes: [one, other] }) => [[one, other], [other, one]]);
  const next = Object.fromEntries(open);
  if (JSON.stringify(next) !== JSON.stringify(rivals.peek())) rivals.value = next;
}
