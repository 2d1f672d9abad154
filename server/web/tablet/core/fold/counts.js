// How much there is of what: the numbers of the closing screen. Observed and assumed are never one
// number. Pure.

const GRADES = ["observed", "sensor", "self_report", "assumed"];

/** @param {{folded: object, isHere: boolean, setCounts: {open: number, extra: number,
 *   prescribed: number}}[]} people */
export function countAll(entries, people, conflicts) {
  const sets = people.flatMap(({ folded }) => Object.values(folded.sets));
  const ratings = people.flatMap(({ folded }) => Object.values(folded.rpe));
  const sum = (field) => people.reduce((total, { setCounts }) => total + setCounts[field], 0);
  const graded = GRADES.map((grade) => [grade, sets.filter(({ evidence }) => evidence === grade).length]);
  return {
    entries,
    people: people.length,
    present: people.filter(({ isHere }) => isHere).length,
    sets_prescribed: sum("prescribed"),
    ...Object.fromEntries(graded),
    missed: sets.filter(({ evidence }) => evidence === null).length,
    open: sum("open"),
    extra: sum("extra"),
    rpe_given: ratings.filter(({ rating }) => rating !== null).length,
    rpe_missing: ratings.filter(({ rating }) => rating === null).length,
    conflicts,
  };
}
