// Whom a trainer who stays at a station meets one after the other.

import { orderByFollowing } from "../core/following.js";
import { clock } from "./model.js";
import { personOf } from "./people.js";

/** Whom a walking trainer meets next: @returns {string} one of `codes` */
export function findNext(code, codes) {
  const { direction, stations } = clock.value;
  const starts = Object.fromEntries(codes.map((one) => [one, personOf(one).start_station]));
  const order = stations.length === 0 ? codes : orderByFollowing(starts, code, direction, stations.length);
  return order[(order.indexOf(code) + 1) % order.length];
}
