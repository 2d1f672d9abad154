// Which session is tonight's, and which one the plan on this tablet was made for. As the server chooses
// (server/sessions/domain/calendar.py), so that a plan of days ago never passes for tonight's. Pure.

import { parseUtc } from "./envelope.js";

const WITHIN_MS = 12 * 3600_000;

/** @typedef {{id: string, state: string, planned_start: string|null}} Line of the bundle's sessions */

/**
 * The nearest start within twelve hours.
 * @param {Line[]} sessions @param {number} nowMs UTC
 * @param {string[]} closed ids that this tablet has seen closed since
 * @returns {Line|null}
 */
export function chooseTonight(sessions, nowMs, closed = []) {
  const open = sessions.filter(({ id, state }) => state !== "closed" && !closed.includes(id));
  const near = open.map((line) => ({ line, farMs: Math.abs(parseUtc(line.planned_start) - nowMs) }))
    .filter(({ farMs }) => farMs <= WITHIN_MS);
  near.sort((a, b) => a.farMs - b.farMs || (a.line.id < b.line.id ? -1 : 1));
  return near[0]?.line ?? null;
}

/** Whose stations and amounts came: those of its tonight, else of the next, else of the last.
 * @param {{tonight: string|null, sessions: Line[], server_utc: string}} bundle @returns {Line|null} */
export function choosePlanned({ tonight, sessions, server_utc: at }) {
  const lines = sessions.filter((line) => line.planned_start !== null);
  return lines.find(({ id }) => id === tonight) ?? lines.find((line) => line.planned_start >= at)
    ?? lines.at(-1) ?? null;
}
