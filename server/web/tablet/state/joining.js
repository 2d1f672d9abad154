// An assistant's phone joins the session that a trainer began; it begins none and closes none.

import { openSession } from "./evening.js";
import { fetchEvening } from "./evening_fetch.js";
import { actor, goesOn, sessionId } from "./model.js";
import { showReceived } from "./start.js";
import { tonight } from "./tonight.js";

export const isAssistant = () => actor.value?.role === "assistant";

/** Tonight's session, unless this phone is in one that goes on. */
export async function joinTonight({ database, sync }) {
  const id = tonight.value?.id ?? null;
  if (id === null || id === sessionId.value || goesOn()) return;
  await openSession(database, id);
  await showReceived(database);
  sync.flush();
}

/** Whatever a trainer planned since this phone last asked. */
export async function lookAgain(shell) {
  await fetchEvening(shell.database);
  await joinTonight(shell);
}
