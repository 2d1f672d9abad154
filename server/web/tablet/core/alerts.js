// What asks for the trainer's eyes: *look* is an edge, *act* an edge and one tone. Never a diagnosis.
// Thresholds that aren't signed for the study are null, and null never alerts. Pure.

const LOST_FOR_S = 60; // ux: contact lost longer than that is act

/**
 * @typedef {{hr_ceiling_bpm: number|null, hr_ceiling_bpm_of?: Record<string, number>,
 *   rpe_look: number|null, rpe_act: number|null}} Safety what a clinician signed
 */

/** Her own ceiling goes before everybody's. @param {Safety} safety @param {string} code */
export const ceilingOf = (safety, code) => safety.hr_ceiling_bpm_of?.[code] ?? safety.hr_ceiling_bpm;

/** Whether a rating reaches what was signed to hold her. @param {Safety} safety */
export const reachesHold = (safety, rating) =>
  rating !== null && safety.rpe_act !== null && rating >= safety.rpe_act;

/**
 * A signed limit still asks for eyes while she is held: being held isn't being well.
 * @param {{ratings: number[], accepted: [number, number]|null, bpm: number|null, hrReliable: boolean,
 *   lostS: number, ceiling: number|null, safety: Safety, look?: {what: string, values: object},
 *   isPresent: boolean, isHeld: boolean}} seen `ratings` of this session, oldest first; `look`: what
 *   her strap asks to look at
 * @returns {{level: "look"|"act", what: string, values: object}|null}
 */
export function findAlert(seen) {
  if (!seen.isPresent && !seen.isHeld) return null;
  return findSigned(seen) ?? (seen.isPresent ? findUnsigned(seen) : null);
}

function findSigned({ ratings, bpm, hrReliable, ceiling, safety }) {
  const last = ratings.at(-1) ?? null;
  if (reachesHold(safety, last)) {
    return { level: "act", what: "effort_signed", values: { effort: last, limit: safety.rpe_act } };
  }
  if (ceiling !== null && hrReliable && bpm !== null && bpm > ceiling) {
    return { level: "act", what: "heart_rate", values: { bpm, limit: ceiling } };
  }
  return null;
}

function findUnsigned({ ratings, accepted, lostS, safety, look }) {
  const last = ratings.at(-1) ?? null;
  const above = (rating) => accepted && rating > accepted[1];
  const band = accepted && { effort: last, low: accepted[0], high: accepted[1] };
  if (ratings.slice(-2).length === 2 && ratings.slice(-2).every(above)) {
    return { level: "act", what: "effort_twice", values: band };
  }
  if (lostS > LOST_FOR_S) return { level: "act", what: "lost", values: {} };
  if (last !== null && above(last)) return { level: "look", what: "effort", values: band };
  if (safety.rpe_look !== null && last !== null && last >= safety.rpe_look) {
    return { level: "look", what: "effort_look", values: { effort: last, limit: safety.rpe_look } };
  }
  return look ? { level: "look", ...look } : null;
}
