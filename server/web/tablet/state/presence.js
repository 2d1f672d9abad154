// That somebody of the staff is there, in which duty and trained as what: once a session, at her PIN.

import { enter } from "./entering.js";
import { actor, bundle, sessionId, state } from "./model.js";

export function draftPresent() {
  const { name, role } = actor.value;
  if (state.value.staff[name]) return [];
  const qualification = bundle.value?.staff.find((person) => person.name === name)?.qualification ?? null;
  const missing_reason = qualification === null ? "not_recorded" : null;
  const duty = role === "assistant" ? "assistant" : "supervisor";
  return [{ kind: "staff_present", about: name, value: { duty, qualification, missing_reason } }];
}

/** In a session that has begun and isn't over; anywhere else nothing. */
export const notePresent = () => enter(() =>
  (sessionId.value === null || state.value.phase === null || state.value.closed ? [] : draftPresent()));
