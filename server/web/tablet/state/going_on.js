// Whether a session is open here and not over.

import { sessionId, state } from "./model.js";

export const goesOn = () => sessionId.value !== null && state.value.phase !== null && !state.value.closed;
