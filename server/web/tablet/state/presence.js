// That somebody of the staff is there, in which duty and trained as what: once a session, at her PIN. And
// that she goes before the end, or is back: what she would have asked is then for others to ask.

import { enter } from "./entering.js";
import { actor, bundle, goesOn, state } from "./model.js";

export function draftPresent() {
  const { name, role } = actor.value;
  if (state.value.staff[name]) return [];
  const qualification = bundle.value?.staff.find((person) => person.name === name)?.qualification ?? null;
  const missing_reason = qualification === null ? "not_recorded" : null;
  const duty = role === "assistant" ? "assistant" : "supervisor";
  return [{ kind: "staff_present", about: name, value: { duty, qualification, missing_reason } }];
}

/** In a session that has begun and isn't over; anywhere else nothing. */
export const notePresent = () => enter(() => (goesOn() ? draftPresent() : []));

/** Whoever had left and gives her PIN is back. */
export const noteSignedIn = () => enter(() =>
  (goesOn() ? [...draftPresent(), ...draftMove(actor.value.name, "back")] : []));

export const hasLeft = (name) => (state.value.staff[name]?.left_at ?? null) !== null;

/** @param {string} name of the staff @param {"left"|"back"} status */
export const moveStaff = (name, status, text) => enter(() => (goesOn() ? draftMove(name, status) : []), text);

/** Once: nobody leaves twice, and whoever was never there can't. */
const draftMove = (name, status) => (state.value.staff[name] && hasLeft(name) !== (status === "left")
  ? [{ kind: "staff_attendance", about: name, value: { status } }] : []);
