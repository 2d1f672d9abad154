// What taps on a station's card mean: for all who are at it.

import { enter } from "./entering.js";
import { missedSome } from "./looking.js";
import { draftSet, isOpenSet, readSet } from "./set_acts.js";

/** Of everybody at one station's card only those nobody has entered yet, and who were there for all of it. */
export const mayBeSeen = (code, station, round) => isOpenSet(code, station, round) && !missedSome(code, station, round);

export const logStation = (codes, station, round, text) =>
  enter(() => codes.filter((code) => mayBeSeen(code, station, round))
    .flatMap((code) => draftSet(code, station, round)), text);

export const isFormSaid = (code, station, round) => readSet(code, station, round).value.technique !== null;

/** Whether good form is still to be said of it; a set that she missed has none. */
export function mayBeGood(code, station, round) {
  const { value, isEntered } = readSet(code, station, round);
  return isEntered ? value.technique === null && !value.chips.includes("skipped") : mayBeSeen(code, station, round);
}

/** The same with good form, also of sets entered before it was said: what differed stays as it is. */
export const logGoodForm = (codes, station, round, text) =>
  enter(() => codes.filter((code) => mayBeGood(code, station, round))
    .flatMap((code) => draftSet(code, station, round, () => ({ technique: "good" }))), text);
