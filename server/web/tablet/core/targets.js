// What she is to do at a station, and the set that says what she did. Pure.

export const UNITS = { reps: "repetitions" }; // the plan's short word for the ledger's

/**
 * Her own prescription where there is one, else the plan's amount for everybody.
 * @param {object} station of the planned session
 * @param {object|null} own what is prescribed to her at this station: {exercise, amount, unit, band,
 *   sides, support, name, …}; `exercise` is another one than the station's while that one is locked
 */
export function findTarget(station, own) {
  const exercise = own?.exercise ?? station.exercise;
  const { amount, unit, sides } = own ?? station;
  const offered = findOffered(station, exercise);
  return {
    exercise,
    substitutedFor: exercise === station.exercise ? null : station.exercise,
    name: own?.name ?? offered.name,
    cue: own?.cue ?? offered.cue,
    support: own?.support ?? offered.support,
    prescribed: { amount: amount ?? null, unit: UNITS[unit] ?? unit, band: own?.band ?? null, sides: sides ?? null },
  };
}

/** What the plan says of an exercise at a station: one of another kind has that station's amounts, and the
 * strongest support, since nobody says hers. */
export const findOffered = (station, exercise) => [station, ...station.alternatives ?? []].find((one) => one.exercise === exercise) ??
  { ...station, exercise, name: exercise.replaceAll("-", " "), cue: "", support: "hold" };

/** What was written of her target, with the name, cue and support that the bundle has for that exercise.
 * @param {object|null} written @param {object|null} told of the bundle's, with `while_locked` */
export const describeTold = (written, told) => written && {
  ...[told, told?.while_locked].find((one) => one?.exercise === written.exercise),
  ...written,
  while_locked: describeTold(written.while_locked, told),
};

/** What is prescribed when the trainer decided that she stays where she was.
 * @param {object|null} proposed with `stay`: all that she did before, also where the step is to
 *   another exercise @param {object|null} decided */
export const keepAt = (proposed, decided) =>
  (decided?.accepted === false && proposed?.stay ? { ...proposed, ...proposed.stay } : proposed);

/** A set as prescribed and seen. @returns {object} value of a `set` entry */
export function makeSet(target, { round, station }) {
  const { amount, unit, band, sides } = target.prescribed;
  const done = sides === "each_side" || sides === "both" ? "both" : null;
  return {
    round,
    station,
    exercise: target.exercise,
    substituted_for: target.substitutedFor,
    prescribed: target.prescribed,
    performed: { amount, unit, band, band_length_cm: null, sides: done },
    evidence: "observed",
    technique: null,
    chips: [],
    shortfall_reason: null,
  };
}
