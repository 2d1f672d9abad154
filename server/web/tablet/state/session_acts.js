// What taps mean for the session as a whole: phases, room, start and end of the circuit.

import { keep } from "../shell/database.js";
import { assignStarts, buildSegments } from "../core/rotation.js";
import { isHere } from "./attendance.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { openSession, forgetPeople } from "./evening.js";
import { actor, bundle, participants, planned, state } from "./model.js";
import { targetOf } from "./people.js";

export const draftPhase = (phase) => ({ kind: "phase_entered", about: "session", value: { phase } });
export const enterPhase = (phase) => enter([draftPhase(phase)]);

/** Open tonight's session, or a make-up one that nobody planned. */
export async function startSession(shell, id, newId) {
  await openSession(shell.database, id ?? newId);
  const plan = planned.value;
  const planning = id === null && plan ? [{
    kind: "session_planned", about: "session", value: {
      ordinal: null, week: plan.week, planned_start: readNowUtc(), plan: plan.plan,
      plan_sha256: plan.plan_digest, participants: bundle.value.people.map(({ code }) => code),
    },
  }] : [];
  const duty = actor.value.role === "assistant" ? "assistant" : "supervisor";
  const staff = { kind: "staff_present", about: actor.value.name, value: { duty, qualification: actor.value.role } };
  await enter([...planning, staff, draftPhase("room_check")]);
}

/** What each woman is to do tonight is written down when arrivals end: later doubts have an answer. */
export function draftPrescriptions(codes) {
  return codes.flatMap((code) => {
    const exercises = {};
    planned.value?.stations.forEach((station, index) => {
      const { exercise, prescribed } = targetOf(code, index);
      const rule = bundle.value?.prescriptions?.[code]?.[exercise]?.rule ?? null;
      exercises[station.exercise] = { ...prescribed, rule };
    });
    return draftFact("prescription", code, { exercises }, "prescribed anew");
  });
}

export async function startWarmUp() {
  const here = participants.value.map(({ code }) => code).filter(isHere);
  await enter([...draftPrescriptions(here), draftPhase("warmup")]);
}

/** Everybody planned has a place, so that a latecomer's station is known before she comes. */
export async function startCircuit(more = []) {
  const plan = planned.value;
  const codes = participants.value.map(({ code }) => code);
  await enter([...more, draftPhase("circuit"), {
    kind: "clock_started", about: "clock", value: {
      at: readNowUtc(),
      segments: buildSegments(plan),
      stations: plan.stations.map(({ exercise }) => exercise),
      start_station: assignStarts(codes, plan.stations.length),
      direction: 1,
    },
  }]);
}

const clockAct = (kind, value = {}) => ({ kind, about: "clock", value: { at: readNowUtc(), ...value } });

export const draftHold = (why = null) => clockAct("clock_held", { why });
export const holdAll = (text) => enter([draftHold()], text);
export const resumeAll = () => enter([clockAct("clock_resumed")]);
export const extend = (seconds, text) =>
  enter([clockAct("clock_extended", { segment: state.value.clock.segment, seconds })], text);
export const cutRounds = (rounds, text) => enter([clockAct("clock_cut", { rounds })], text);

/** The reason for a hold comes after the hold. */
export function explainHold(why) {
  const held = state.value.clock.held_since;
  return held === null ? Promise.resolve([]) : enter([clockAct("clock_held", { why })]);
}

export async function closeSession(shell) {
  const { counts } = state.value;
  await enter([{ kind: "session_closed", about: "session", value: { summary: counts } }]);
  await forgetPeople(shell.database);
}

export async function leaveSession(shell) {
  await openSession(shell.database, null);
  await keep(shell.database, "alive", null);
}

