// What a folded session of another evening adds up to: codes and numbers, no names. Pure.

const CAME = ["present", "late", "away", "back", "left"];

/** @param {object} folded as `GET /api/v1/sessions/{id}` answers it */
export function sumPast({ people, counts, events }) {
  const codes = Object.keys(people).sort();
  const came = codes.filter((code) => CAME.includes(people[code].attendance));
  const told = Object.values(events).filter(Boolean);
  return {
    all: codes.length,
    came: came.length,
    missing: codes.filter((code) => !came.includes(code)),
    observed: counts.observed + counts.sensor + counts.self_report,
    assumed: counts.assumed,
    missed: counts.missed,
    rpeGiven: counts.rpe_given,
    rpeMissing: counts.rpe_missing,
    events: told.map(({ participant, what, at }) => ({ code: participant, what, at })),
  };
}
