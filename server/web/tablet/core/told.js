// An exercise and how much of it, as the ledger keeps what somebody is to do. Pure.

import { UNITS } from "./targets.js";

/** @param {object} offered an alternative of the plan's, or what a bundle prescribes @returns {object} a `Target` */
export const makeTold = ({ exercise, amount, unit, band = null, sides, lighter = null }) =>
  ({ exercise, amount, unit: UNITS[unit] ?? unit, band, sides, lighter });
