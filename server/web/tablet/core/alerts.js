// What asks for the trainer's eyes: *look* is an edge, *act* an edge and one tone. Never a diagnosis.
// Thresholds that aren't signed for the study are null, and null never alerts. Pure.

const LOST_FOR_S = 60; // ux: contact lost longer than that is act

/**
 * @param {{ratings: number[], accepted: [number, number]|null, bpm: number|null, hrReliable: boolean,
 *   lostS: number, safety: {hr_ceiling_bpm: number|null, rpe_look: number|null,
 *   rpe_act: number|null}, isPresent: boolean}} seen `ratings` of this session, oldest first
 * @returns {{level: "look"|"act", what: string, values: object}|null}
 */
export function findAlert({ ratings, accepted, bpm, hrReliable, lostS, safety, isPresent }) {
  if (!isPresent) return null;
  const last = ratings.at(-1) ?? null;
  const above = (rating) => accepted && rating > accepted[1];
  const band = accepted && { effort: last, low: accepted[0], high: accepted[1] };
  if (safety.rpe_act !== null && last !== null && last >= safety.rpe_act) {
    return { level: "act", what: "effort_signed", values: { effort: last, limit: safety.rpe_act } };
  }
  if (safety.hr_ceiling_bpm !== null && hrReliable && bpm !== null && bpm > safety.hr_ceiling_bpm) {
    return { level: "act", what: "heart_rate", values: { bpm, limit: safety.hr_ceiling_bpm } };
  }
  if (ratings.slice(-2).length === 2 && ratings.slice(-2).every(above)) {
    return { level: "act", what: "effort_twice", values: band };
  }
  if (lostS > LOST_FOR_S) return { level: "act", what: "lost", values: {} };
  if (last !== null && above(last)) return { level: "look", what: "effort", values: band };
  if (safety.rpe_look !== null && last !== null && last >= safety.rpe_look) {
    return { level: "look", what: "effort_signed", values: { effort: last, limit: safety.rpe_look } };
  }
  return null;
}
