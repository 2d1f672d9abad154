// What is known after a start or a pause in which nothing ran here. Pure.

/**
 * @param {{lastMs: number, nowMs: number, deviceSeq: number, seqs: number[], clock: string}} seen
 *   `deviceSeq`: how many entries this store has ever counted, `seqs`: the numbers of those in it
 * @returns {{awayMs: number|null, clock: string, missing: number}} `awayMs` null: the time went back
 */
export function describeReturn({ lastMs, nowMs, deviceSeq, seqs, clock }) {
  const here = new Set(seqs.filter((seq) => seq >= 1 && seq <= deviceSeq));
  return { awayMs: nowMs < lastMs ? null : nowMs - lastMs, clock, missing: deviceSeq - here.size };
}
