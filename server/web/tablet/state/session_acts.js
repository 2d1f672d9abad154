// What taps mean for the session as a whole: its beginning, the start of the circuit, its end.

import { assignStarts, buildSegments } from "../core/circuit_plan.js";
import { isHere } from "./attendance.js";
import { draftPhase } from "./clock_acts.js";
import { enter, readNowUtc, undoable } from "./entering.js";
import { openSession } from "./evening.js";
import { fetchEvening, forgetPeople } from "./evening_fetch.js";
import { bundle, participants, planned, sessionId, state } from "./model.js";
import { noteClosed } from "./tonight.js";
import { draftPrescriptions } from "./prescribing.js";
import { draftPresent, notePresent } from "./presence.js";
import { showReceived } from "./start.js";
import { draftEndAll, draftPutOnAgain } from "./wearing.js";

/** Open tonight's session, or a make-up one that nobody planned. What another tablet has begun is only
 * joined: its phase stays. */
export async function startSession(shell, id, newId) {
  await openSession(shell.database, id ?? newId);
  await showReceived(shell.database);
  await shell.sync.flush();
  if (state.value.phase !== null) return void (await notePresent());
  const plan = planned.value;
  const planning = id === null && plan ? [{
    kind: "session_planned", about: "session", value: {
      ordinal: null, week: plan.week, planned_start: readNowUtc(), plan: plan.plan,
      plan_sha256: plan.plan_digest, participants: bundle.value.people.map(({ code }) => code),
    },
  }] : [];
  await enter(() => [...planning, ...draftPresent(), draftPhase("room_check")]);
  if (id === null) await fetchEvening(shell.database); // names were not for an evening without a session
}

const listHere = () => participants.value.map(({ code }) => code).filter(isHere);

/** @param {() => object[]} draftMore what the arrivals' end fixes besides */
export const startWarmUp = (draftMore) => enter(() => (state.value.phase?.phase === "warmup" ? []
  : [...draftMore(), ...draftPrescriptions(listHere()), draftPhase("warmup")]));

/** Everybody planned has a place, so that a latecomer's station is known before she comes. */
export const startCircuit = (draftMore) => enter(() => {
  if (state.value.clock.state !== "idle") return [];
  return [...draftMore(), ...draftPrescriptions(listHere()), draftPhase("circuit"), draftStart()];
});

function draftStart() {
  const plan = planned.value;
  const rotation = bundle.value.rotation ?? { start_station: {}, direction: 1 }; // a plan fetched before there was one
  const codes = participants.value.map(({ code }) => code);
  const value = {
    at: readNowUtc(),
    segments: buildSegments(plan),
    stations: plan.stations.map(({ exercise }) => exercise),
    start_station: assignStarts(codes, rotation.start_station, plan.stations.length),
    direction: rotation.direction,
  };
  return { kind: "clock_started", about: "clock", value };
}

export async function closeSession(shell) {
  await enter(() => (state.value.closed ? []
    : [...draftEndAll(readNowUtc()), { kind: "session_closed", about: "session", value: { summary: state.value.counts } }]));
  if (!state.value.closed) return; // it couldn't be saved: nothing is given up for it
  undoable.value = null; // after the end nothing is taken back by a slip
  await forgetPeople(shell.database);
}

export const BY_MISTAKE = "closed by mistake";

/** @param {string} why in words of the record */
export async function reopenSession(shell, why) {
  await enter(() => (state.value.closed ? [{ kind: "session_reopened", about: "session", value: { why } },
    ...(why === BY_MISTAKE ? draftPutOnAgain() : [])] : []));
  await noteClosed(shell.database, sessionId.value, state.value.closed);
  await fetchEvening(shell.database); // names were forgotten at its end
}

export async function leaveSession(shell) {
  await openSession(shell.database, null);
  await showReceived(shell.database);
  await fetchEvening(shell.database); // what is next; without a server what is here stays
}
