// How much of the straps' time the server holds: asked for at the close. Without a server it isn't known.

import { effect, signal } from "@preact/signals";
import { call } from "../shell/api.js";
import { sessionId } from "./model.js";

/** null: not known, or not any more; else the rows of core/coverage.js. */
export const coverage = signal(null);
export const isAsking = signal(false);

effect(() => {
  sessionId.value; // another session's rows say nothing of this one
  coverage.value = null;
});

export async function fetchCoverage() {
  const session = sessionId.value;
  if (session === null || isAsking.value) return;
  isAsking.value = true;
  const { status, body } = await call("GET", `/api/v1/sessions/${session}/coverage`);
  isAsking.value = false;
  if (session === sessionId.value) coverage.value = status === 200 && Array.isArray(body?.rows) ? body.rows : null;
}
