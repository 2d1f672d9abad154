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

/** A strap that nobody took off was off at the close: next time somebody else wears it. */
export const draftEndAll = (at) =>
  Object.keys(state.value.people).flatMap((code) => draftEnd(code, at, "the session was closed"));
