// Her effort for the whole session: whether it is asked now, and what was given.

import { parseUtc } from "/tablet/app/core/envelope.js";
import { readWindow } from "../core/effort_window.js";
import { nowMs, saidOf, view } from "./model.js";

/** @returns {{state: string, minutes: number|null, given: object|null, isOpen: boolean, isChangeable: boolean}} */
export function readEffort() {
  const { answers, last } = view.value;
  const found = readWindow(parseUtc(answers?.ended_at ?? null), nowMs.value);
  const said = last === null ? null : saidOf("session_rpe", last.id)?.value ?? null;
  const given = said ?? answers?.effort ?? null;
  const isMissing = given === null || (said === null && given.rating === null && given.missing_reason !== "unknown");
  const isAsked = found.state === "open" || found.state === "remind";
  return { ...found, given: isMissing ? null : given, isOpen: isAsked && isMissing,
    isChangeable: isAsked && (said !== null || Boolean(answers?.effort?.is_own)) };
}
