// When a strap comes off: by hand, when she goes home, and at the latest when the session is closed.

import { state, things } from "./model.js";
import { personOf } from "./people.js";

/** @param {string} at UTC @returns {import("../core/envelope.js").Draft[]} */
export function draftEnd(code, at, reason = "taken off") {
  const open = personOf(code).wearing.filter(({ until }) => until === null);
  return open.map(({ event, strap, from }) => ({
    kind: "wearing",
    about: things.value.byId.get(event).about, // the interval's own id
    value: { participant: code, strap, from, until: at > from ? at : laterText(from) },
    supersedes: event,
    reason,
  }));
}

const laterText = (from) => new Date(Date.parse(from) + 1).toISOString();

const AT_CLOSE = "the session was closed";

/** A strap that nobody took off was off at the close: next time somebody else wears it. */
export const draftEndAll = (at) =>
  Object.keys(state.value.people).flatMap((code) => draftEnd(code, at, AT_CLOSE));

/** It was closed by a slip: what only the close took off is on. */
export const draftPutOnAgain = () => things.value.all
  .filter(({ kind, shown }) => kind === "wearing" && shown?.reason === AT_CLOSE && shown.value !== null)
  .map(({ about, shown }) => ({ kind: "wearing", about, value: { ...shown.value, until: null }, supersedes: shown.id, reason: "closed by mistake" }));
