// What taps mean for the session as a whole: phases, room, start and end of the circuit.

import { keep } from "../shell/database.js";
import { assignStarts, buildSegments } from "../core/rotation.js";
import { isHere } from "./attendance.js";
import { draftFact, enter, readNowUtc } from "./entering.js";
import { openSession, forgetPeople } from "./evening.js";
import { actor, bundle, participants, planned, state } from "./model.js";
import { targetOf } from "./people.js";

export const draftPhase = (phase) => ({ kind: "phase_entered", about: "session", value: { phase } });
/** Once: a second tap on the same key says nothing new. */
export const enterPhase = (phase) =>
  enter(() => (state.value.phase?.phase === phase ? [] : [draftPhase(phase)]));

/** Open tonight's session, or a make-up one that nobody planned. What another tablet has begun is only
 * joined: its phase stays. */
export async function startSession(shell, id, newId) {
  await openSession(shell.database, id ?? newId);
  await shell.sync.flush();
  if (state.value.phase !== null) return;
  const plan = planned.value;
  const planning = id === null && plan ? [{
    kind: "session_planned", about: "session", value: {
      ordinal: null, week: plan.week, planned_start: readNowUtc(), plan: plan.plan,
      plan_sha256: plan.plan_digest, participants: bundle.value.people.map(({ code }) => code),
    },
  }] : [];
  const duty = actor.value.role === "assistant" ? "assistant" : "supervisor";
  const staff = { kind: "staff_present", about: actor.value.name, value: { duty, qualification: actor.value.role } };
  await enter(() => [...planning, staff, draftPhase("room_check")]);
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
  await enter(() => (state.value.phase?.phase === "warmup" ? []
    : [...draftPrescriptions(here), draftPhase("warmup")]));
}

/** Everybody planned has a place, so that a latecomer's station is known before she comes. */
export const startCircuit = (draftMore) =>
  enter(() => (state.value.clock.state === "idle" ? [...draftMore(), draftPhase("circuit"), draftStart()] : []));

function draftStart() {
  const plan = planned.value;
  const codes = participants.value.map(({ code }) => code);
  const value = {
    at: readNowUtc(),
    segments: buildSegments(plan),
    stations: plan.stations.map(({ exercise }) => exercise),
    start_station: assignStarts(codes, plan.stations.length),
    direction: 1,
  };
  return { kind: "clock_started", about: "clock", value };
}

const clockAct = (kind, value = {}) => ({ kind, about: "clock", value: { at: readNowUtc(), ...value } });

export const draftHold = (why = null) => clockAct("clock_held", { why });
const draftWhen = (wanted, draft) => (state.value.clock.state === wanted ? [draft()] : []);
export const holdAll = (text) => enter(() => draftWhen("running", draftHold), text);
export const resumeAll = () => enter(() => draftWhen("held", () => clockAct("clock_resumed")));
export const extend = (seconds, text) =>
  enter(() => [clockAct("clock_extended", { segment: state.value.clock.segment, seconds })], text);
export const cutRounds = (rounds, text) => enter(() => [clockAct("clock_cut", { rounds })], text);

/** The reason for a hold comes after the hold. */
export function explainHold(why) {
  const held = state.value.clock.held_since;
  return held === null ? Promise.resolve([]) : enter(() => [clockAct("clock_held", { why })]);
}

export async function closeSession(shell) {
  await enter(() => (state.value.closed ? []
    : [{ kind: "session_closed", about: "session", value: { summary: state.value.counts } }]));
  await forgetPeople(shell.database);
}

export async function leaveSession(shell) {
  await openSession(shell.database, null);
  await keep(shell.database, "alive", null);
}

