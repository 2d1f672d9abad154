// Whose entries are whose, as the server's table says it (server/sessions/granting.py). Pure.

/** What an assistant may do with a kind; a trainer may do all with every kind. */
export const ASSISTANT = {
  rpe: "correct",
  session_rpe: "correct",
  adverse_event: "correct",
  adverse_event_followup: "correct",
  person_held: "add",
  clock_held: "add",
  staff_present: "own",
  staff_attendance: "own",
  server_met: "add",
};

/** @param {string|undefined} role @param {{kind: string, supersedes?: string|null}} draft */
export function isGranted(role, { kind, supersedes = null }) {
  if (role !== "assistant") return role === "trainer";
  return ASSISTANT[kind] === "correct" || (kind in ASSISTANT && supersedes === null);
}
