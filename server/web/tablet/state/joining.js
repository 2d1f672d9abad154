// An assistant's phone joins the session that a trainer began; it begins none and closes none.

import { openSession } from "./evening.js";
import { fetchEvening, forgetPeople } from "./evening_fetch.js";
import { actor, bundle, cards, names, sessionId, state } from "./model.js";
import { showReceived } from "./start.js";

export const isAssistant = () => actor.value?.role === "assistant";

/** Tonight's session, unless this phone is in one that goes on. */
export async function joinTonight({ database, sync }) {
  const tonight = bundle.value?.tonight ?? null;
  const goesOn = sessionId.value !== null && state.value.phase !== null && !state.value.closed;
  if (tonight === null || tonight === sessionId.value || goesOn) return;
  await openSession(database, tonight);
  await showReceived(database);
  sync.flush();
}

/** Whatever a trainer planned since this phone last asked. */
export async function lookAgain(shell) {
  await fetchEvening(shell.database);
  await joinTonight(shell);
}

/** A trainer closed the session: nobody's name or emergency card stays on this phone either. */
export async function forgetAfterClose({ database }) {
  if (!state.value.closed || Object.keys(names.value).length + Object.keys(cards.value).length === 0) return;
  await forgetPeople(database);
}
