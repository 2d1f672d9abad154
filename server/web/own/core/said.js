// What she has entered on this phone, sent or not: it counts here before the server has it. Pure.

/** The newest entry of hers of a kind in a session; what was refused doesn't count.
 * @param {{session: string, state: string, envelope: object}[]} entries
 * @returns {object|null} its envelope */
export function findSaid(entries, author, kind, session) {
  const own = entries.filter((one) => one.session === session && one.envelope.kind === kind &&
    one.envelope.actor === author && one.state !== "refused");
  return own.reduce((last, one) => (last === null || one.envelope.device_seq > last.device_seq ? one.envelope : last), null);
}

/** A fact as she says it: new, or in place of what is known of it.
 * @param {object|null} said @param {string|null} known the server's event, where she may change that */
export function draftOwn(kind, code, value, said, known) {
  const supersedes = said?.id ?? known ?? null;
  return { kind, about: code, value, supersedes, reason: supersedes === null ? null : "said again by herself" };
}
