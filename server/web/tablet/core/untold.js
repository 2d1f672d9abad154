// Sessions in which this tablet wrote by its own clock alone and hasn't said since how far it was off.
// Pure.

/**
 * @param {{session: string, state: string, envelope: object}[]} entries of this tablet
 * @returns {{session: string, actor: string, n: number}[]} `actor` wrote the last of `n` such entries
 */
export function listUntold(entries) {
  const counted = entries.filter(({ state }) => state !== "refused");
  return [...Map.groupBy(counted, ({ session }) => session)].flatMap(([session, own]) => {
    const stamps = own.map(({ envelope }) => envelope).sort((a, b) => a.device_seq - b.device_seq);
    const told = stamps.findLastIndex(({ clock_offset_ms: offset }) => offset !== null);
    const n = stamps.length - 1 - told;
    return n === 0 ? [] : [{ session, actor: stamps.at(-1).actor, n }];
  });
}
