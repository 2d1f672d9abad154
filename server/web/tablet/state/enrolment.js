// Whether this tablet is one of the study's: the server knows it by a cookie that no script reads, and
// what it said last is kept, so that it can be told without a network.

import { signal } from "@preact/signals";
import { call } from "../shell/api.js";
import { keep, readKept } from "../shell/database.js";

const PATH = "/api/v1/tablet/enrolment";

/** `name` null: not enrolled; `isRequired` null: the server hasn't said yet. */
export const enrolment = signal({ name: null, isRevoked: false, isRequired: null });

/** Not in a practice. */
export const mayEnrol = true;

/** What is kept, then what the server says now. */
export async function askEnrolment(database) {
  const kept = await readKept(database, "enrolment");
  if (kept && enrolment.value.isRequired === null) enrolment.value = kept;
  const answer = await call("GET", PATH);
  if (answer.status === 200) await learn(database, answer.body);
}

/** @returns {Promise<{outcome: "in"|"refused"|"wait"|"taken"|"no_server"|"failed", waitS: number}>} */
export async function enrol({ database, device }, code) {
  const answer = await call("POST", PATH, { code, device });
  if (answer.status === 200) await learn(database, answer.body);
  return { outcome: OUTCOMES[answer.status] ?? "failed", waitS: answer.retryAfterS };
}

const OUTCOMES = { 0: "no_server", 200: "in", 401: "failed", 403: "refused", 409: "taken", 429: "wait" };

/** Until it has handed in what it has, whatever is started anew in between. */
export const noteRevoked = (database) => learn(database, { name: enrolment.value.name, is_revoked: true, is_required: enrolment.value.isRequired ?? false });

async function learn(database, { name, is_revoked: isRevoked, is_required: isRequired }) {
  const told = { name, isRevoked, isRequired };
  await keep(database, "enrolment", told);
  enrolment.value = told;
}
