// Where a practice lies on the tablet: beside the evening's own store, never in it. Pure.

/** The practice's own store, of the same shape as the evening's. */
export const STORE = "doseline-practice";
/** What the double of the server has. */
export const SERVER_STORE = "doseline-practice-server";
