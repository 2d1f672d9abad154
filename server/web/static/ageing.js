// What a tile shows now: a frame's values, older by what has passed since it came. Pure.

import { t } from "./translate.js";

export const FRESH_FOR_S = 3; // ux: black when younger
export const SHOWN_FOR_S = 10; // ux: grey with its age until then; afterwards a dash

export function ageTile(tile, elapsedS) {
  const known = elapsedS < FRESH_FOR_S; // "Good" is said of data younger than that
  return {
    ...tile,
    ...(known ? {} : { state: "unknown", word: t("No news"), act: "" }),
    ...ageHeartRate(tile, elapsedS),
    activity: ageActivity(tile, elapsedS),
  };
}

function ageHeartRate(tile, elapsedS) {
  const ageS = tile.bpm_age_s + elapsedS;
  if (tile.bpm === null || tile.bpm_age_s === null || ageS >= SHOWN_FOR_S) {
    return { shown: "none", number: "—", age: "" };
  }
  const fresh = ageS < FRESH_FOR_S;
  return {
    shown: fresh ? "fresh" : "stale",
    number: String(tile.bpm),
    age: fresh ? "" : t("{seconds} s ago", { seconds: Math.floor(ageS) }),
  };
}

function ageActivity(tile, elapsedS) {
  const current =
    tile.activity_mg !== null && tile.activity_age_s + elapsedS < SHOWN_FOR_S;
  return current ? tile.activity_mg : null;
}
