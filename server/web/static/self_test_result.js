// What a line of the self-test says: a state, and a sentence with what it means and what to do.

/** @param {string} said @returns {{state: string, said: string}} */
export const ok = (said) => ({ state: "ok", said });
export const bad = (said) => ({ state: "bad", said });
/** This browser, or this address, has no such thing. */
export const absent = (said) => ({ state: "absent", said });
