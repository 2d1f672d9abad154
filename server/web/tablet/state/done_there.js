// What she did or does at a station: not always the station's own exercise.

import { clock } from "./model.js";
import { personOf, targetOf } from "./people.js";

/** @param {string|undefined} set its name, once it is known how it was @returns {string} exercise */
export const findDone = (code, station, set) =>
  personOf(code).sets[set]?.exercise ?? targetOf(code, station)?.exercise ?? clock.value.stations[station];
