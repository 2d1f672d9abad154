// Wearing intervals put right afterwards: who wore which strap when is corrected, raw bytes never. Pure.

/** @typedef {{participant: string, strap: string, from: string, until: string|null}} Worn UTC texts */

/** What is left of one interval when somebody else wore that strap in another one.
 * @param {Worn} worn @param {Worn} keep @returns {Worn[]} none, one or two */
export function takeOut(worn, keep) {
  const before = worn.from < keep.from ? [{ ...worn, until: keep.from }] : [];
  const goesOn = keep.until !== null && (worn.until === null || worn.until > keep.until);
  return goesOn ? [...before, { ...worn, from: keep.until }] : before;
}

/** Her interval when it was another strap from a moment on.
 * @param {Worn} worn @param {string} since @returns {Worn[]} one or two */
export function changeStrap(worn, strap, since) {
  if (since <= worn.from) return [{ ...worn, strap }];
  if (worn.until !== null && since >= worn.until) return [worn];
  return [{ ...worn, until: since }, { ...worn, strap, from: since }];
}
