// T10's lines about sets that nobody saw, one a station.

import { tn } from "/static/translate.js";
import { isLeft, leaveSo } from "../state/leaving.js";
import { planned, state } from "../state/model.js";

/** @param {(station: number) => void} open where it is said how they were */
export function listAssumed(open) {
  const assumed = Object.values(state.value.people).flatMap(({ sets }) => Object.values(sets)).filter(({ evidence }) => evidence === "assumed");
  const byStation = Map.groupBy(assumed, ({ station }) => station);
  const lines = [...byStation].sort(([a], [b]) => a - b).map(([station, sets]) => ({
    station,
    sentence: tn("{n} set assumed at station {station}, {name}", "{n} sets assumed at station {station}, {name}", sets.length,
      { station: station + 1, name: planned.value?.stations[station]?.name ?? "" }),
  }));
  return lines.filter(({ sentence }) => !isLeft("session", sentence)).map(({ station, sentence }) => ({
    sentence, fix: () => open(station), leave: () => leaveSo("session", sentence),
  }));
}
