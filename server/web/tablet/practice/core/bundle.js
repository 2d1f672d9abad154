// Everything for a practised evening, in the shape of GET /api/v1/tablet/bundle: the study's plan, and
// nobody of the study. Pure.

import { formatUtc } from "../../core/envelope.js";
import { prescribeAll } from "./prescriptions.js";
import { listStraps, makeWomen } from "./women.js";

export const HELPER = "helper"; // a second pair of hands, and whose tablet contradicts
const STARTS_AFTER_MS = 20 * 60_000;
const ANY_PIN = Object.freeze({ salt: "00", iterations: 1, hash: "00" }); // the practice's own pin.js takes any six digits
const CARD = Object.freeze({ contact: "PRACTICE: nobody to call", allergies: "", drugs: "", notes: "" });

/**
 * What T2 gives a practice: no name, no code, no sign, no card and no heart of anybody.
 * @typedef {{seed: number, startMs: number, session: string, trainer: string, study: string, planned: object,
 *   nSessions: number, effort: object, askedAfter: number[]|null, limits: object, signs: string[], language: string,
 *   direction: string, catalogue: object|null}} Handed
 * @param {Handed} handed @param {number} nowMs UTC @param {boolean} isClosed
 */
export function makeBundle(handed, nowMs, isClosed) {
  const women = makeWomen(handed.seed, handed.signs);
  const { planned } = handed;
  const line = { id: handed.session, ordinal: planned.session, week: planned.week,
    state: isClosed ? "closed" : "planned", planned_start: formatUtc(handed.startMs + STARTS_AFTER_MS) };
  return {
    server_utc: formatUtc(nowMs),
    study: handed.study,
    user: handed.trainer,
    actors: [handed.trainer],
    staff: [makeStaff(handed.trainer, "trainer"), makeStaff(HELPER, "assistant")],
    sessions: [...listOthers(handed), line],
    tonight: isClosed ? null : line.id,
    planned,
    last_room: null,
    prescriptions: prescribeAll(women.map(({ code }) => code), planned),
    rotation: makeRotation(women, handed),
    people: women.map(describeWoman),
    straps: listStraps(),
    safety: { ...handed.limits, hr_ceiling_bpm_of: {}, phones: [] },
    signoffs_n: 0,
    effort: handed.effort,
    emergency_cards: Object.fromEntries(women.map(({ code }) => [code, CARD])),
  };
}

/** The plan's other sessions: that there are so many is all that a practice knows of them. */
const listOthers = ({ nSessions, planned }) => Array.from({ length: nSessions }, (_, place) => place + 1)
  .filter((ordinal) => ordinal !== planned.session)
  .map((ordinal) => ({ id: `practice-${ordinal}`, ordinal, week: null, state: "planned", planned_start: null }));

const makeStaff = (name, role) => ({ name, role, qualification: null, verifier: ANY_PIN });

function makeRotation(women, { planned, askedAfter }) {
  const n = planned.stations.length;
  return {
    direction: 1,
    start_station: Object.fromEntries(women.map(({ code }, place) => [code, place % n])),
    asked_after: askedAfter ?? Array(planned.rounds).fill(n),
  };
}

const describeWoman = ({ code, sign, flags, strap, history }) => ({
  code, sign, first_name: null, flags, usual_strap: strap, resting_hr_history: history, plyometrics_ready: false,
});
