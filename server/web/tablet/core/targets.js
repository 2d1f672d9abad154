// What she is to do at a station, and the set that says what she did. Pure.

export const UNITS = { reps: "repetitions" }; // the plan's short word for the ledger's

/**
 * Her own prescription where there is one, else the plan's amount for everybody.
 * @param {object} station of the planned session
 * @param {object|null} own what is prescribed to her at this station: {exercise, amount, unit, band,
 *   sides, support, name, …}; `exercise` is another one than the station's while that one is locked
 * @param {boolean} plyometricsReady
 */
export function findTarget(station, own, plyometricsReady) {
  const locked = own === null && station.instead !== null && !plyometricsReady;
  const exercise = own?.exercise ?? (locked ? station.instead : station.exercise);
  const { amount, unit, sides } = own ?? station;
  const isOther = exercise !== station.exercise;
  return {
    exercise,
    substitutedFor: isOther ? station.exercise : null,
    name: isOther ? own?.name ?? exercise.replaceAll("-", " ") : station.name,
    cue: own?.cue ?? station.cue,
    support: own?.support ?? station.support,
    prescribed: { amount: amount ?? null, unit: UNITS[unit] ?? unit, band: own?.band ?? null, sides: sides ?? null },
  };
}

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
