// Sessions that lie behind, as the bundle lists them, and the server's own fold of one.

import { call } from "../shell/api.js";
import { bundle, nowMs, sessionId } from "./model.js";
import { tonight } from "./tonight.js";

/** Newest first: what was held, and what was planned before now and wasn't. */
export function listPast() {
  const isPast = ({ state, planned_start: start }) => state !== "planned" || (start !== null && Date.parse(start) < nowMs.value);
  const now = [sessionId.value, tonight.value?.id];
  return (bundle.value?.sessions ?? []).filter((line) => !now.includes(line.id) && isPast(line))
    .sort((a, b) => (b.planned_start ?? "").localeCompare(a.planned_start ?? ""));
}

/** @returns {Promise<{state: "here", folded: object}|{state: "away"|"nothing"|"refused"}>} */
export async function fetchPast(id) {
  const { status, body } = await call("GET", `/api/v1/sessions/${encodeURIComponent(id)}`);
  if (status === 200 && body?.people) return { state: "here", folded: body };
  if (status === 404) return { state: "nothing" };
  return { state: [401, 403].includes(status) ? "refused" : "away" };
}
