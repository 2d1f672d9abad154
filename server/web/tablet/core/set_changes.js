// The keys of one set's panel, and what each changes of it. Pure.

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

/** Whether nothing was different. */
export const isPlanned = ({ prescribed, performed, chips, technique, shortfall_reason: reason }) => chips.length === 0 &&
  technique !== "form_lost" && reason === null && performed.amount === (prescribed?.amount ?? null) && performed.band === (prescribed?.band ?? null);

// What one key changes of a set, as functions of how the set stands when the key counts.

/** An amount that was counted: then it wasn't skipped, and as much as planned has no reason to be less. */
export const changeAmount = (amount) => ({ chips, prescribed, shortfall_reason: reason }) => ({
  performed: { amount },
  chips: drop(chips, "skipped"),
  shortfall_reason: isShort({ performed: { amount }, prescribed }) ? reason : null,
});

const drop = (chips, chip) => chips.filter((one) => one !== chip);

export const toggleField = (field, word) => (set) => ({ [field]: set[field] === word ? null : word });

/** As planned, whatever was said of it before; form that was good stays so. */
export const makePlanned = ({ prescribed, technique }) => ({
  performed: { amount: prescribed?.amount ?? null, band: prescribed?.band ?? null, band_length_cm: null },
  chips: [],
  technique: technique === "good" ? technique : null,
  shortfall_reason: null,
});

/** Good form wasn't lost. */
export const toggleGood = ({ technique, chips }) => (technique === "good" ? { technique: null }
  : { technique: "good", chips: drop(chips, "form_lost") });

/** Skipped is nothing done; lost form is said of the technique too. */
export const toggleChip = (chip) => (set) => {
  const on = !set.chips.includes(chip);
  const change = { chips: on ? [...set.chips, chip] : drop(set.chips, chip) };
  if (chip === "skipped") Object.assign(change, on ? { performed: { amount: 0 } } : changeAmount(set.prescribed?.amount ?? null)(set));
  if (chip === "form_lost") change.technique = on ? "form_lost" : null;
  return change;
};
