// What everybody of a practice is to do: the plan's own amounts, and a little less on a lighter day. Pure.

import { findOffered } from "../../core/targets.js";

const LESS = 2; // of whatever is counted: enough to be seen on a tile

/** As the bundle has it. @param {string[]} codes @param {{stations: object[]}} planned */
export const prescribeAll = (codes, { stations }) => Object.fromEntries(codes.map((code) =>
  [code, Object.fromEntries(stations.map((station) => [station.exercise, prescribe(station)]))]));

const prescribe = (station) => ({
  ...describe(station),
  while_locked: station.instead ? { ...describe(findOffered(station, station.instead)), while_locked: null } : null,
  rule: "plan_same", values: {}, decision: "hold", axis: null, from: null, to: null, stay: null,
});

function describe({ exercise, name, amount, unit, sides, support, band_ceiling: ceiling, band = ceiling ?? null }) {
  return { exercise, name, amount, unit, band, sides, support, lighter: { amount: Math.max(1, amount - LESS), band } };
}
