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
