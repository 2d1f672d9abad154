// What she is to do at a station, and the set that says what she did. Pure.

const UNITS = { reps: "repetitions" }; // the plan's short word for the ledger's

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
    cue: station.cue,
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

/** Amounts on the nine keys: three below to four above are rarely right at 3, so none is below 0.
 * @returns {number[]} eight amounts, the fifth is the target */
export function offerAmounts(target) {
  const step = target > 20 ? 5 : 1; // seconds and metres are counted coarser than repetitions
  return [-4, -3, -2, -1, 0, 1, 2, 3].map((by) => target + by * step).filter((amount) => amount >= 0);
}

/** Whether a set fell short of what was prescribed. */
export const isShort = (set) =>
  set.performed?.amount !== null && set.prescribed?.amount != null &&
  set.performed.amount < set.prescribed.amount;

// What one key changes of a set, as functions of how the set stands when the key counts.

/** An amount that was counted: then it wasn't skipped. */
export const changeAmount = (amount) => ({ chips }) =>
  ({ performed: { amount }, chips: chips.filter((chip) => chip !== "skipped") });

export const toggleField = (field, word) => (set) => ({ [field]: set[field] === word ? null : word });

/** Skipped is nothing done; lost form is said of the technique too. */
export const toggleChip = (chip) => (set) => {
  const on = !set.chips.includes(chip);
  const change = { chips: on ? [...set.chips, chip] : set.chips.filter((one) => one !== chip) };
  if (chip === "skipped") change.performed = { amount: on ? 0 : set.prescribed?.amount ?? null };
  if (chip === "form_lost") change.technique = on ? "form_lost" : null;
  return change;
};
