// How far this device's clock is from the server's: the quickest of some questions, its way halved.

import { t } from "/static/translate.js";
import { absent, bad, ok } from "/static/self_test_result.js";

const QUESTIONS = 4;
const TOO_SLOW_MS = 2000;
const CLOSE_MS = 1000;

export async function checkClock() {
  try {
    const asked = [];
    for (let n = 0; n < QUESTIONS; n += 1) asked.push(await ask());
    return judgeClock(asked);
  } catch {
    return absent(t("The server gave no answer, so clocks can't be compared. Come nearer to the Wi-Fi and test again."));
  }
}

/** @param {{behindMs: number, wayMs: number}[]} asked how far behind the server, and the whole way */
export function judgeClock(asked) {
  const best = asked.reduce((a, b) => (b.wayMs < a.wayMs ? b : a));
  if (best.wayMs > TOO_SLOW_MS) return bad(t("The network is too slow to compare clocks: {n} s for one answer.", { n: Math.round(best.wayMs / 1000) }));
  if (Math.abs(best.behindMs) <= CLOSE_MS) return ok(t("This device's clock is within a second of the server's."));
  const time = sayTime(Math.abs(best.behindMs));
  const how = best.behindMs > 0
    ? t("This device's clock is {time} behind the server's.", { time })
    : t("This device's clock is {time} ahead of the server's.", { time });
  return bad(`${how} ${t("Switch on automatic date and time in its settings, or mend the server's clock.")}`);
}

/** The two largest units. */
export function sayTime(ms) {
  const s = Math.round(ms / 1000);
  const [m, h, d] = [Math.floor(s / 60), Math.floor(s / 3600), Math.floor(s / 86_400)];
  if (d > 0) return t("{d} d {h} h", { d, h: h % 24 });
  if (h > 0) return t("{h} h {m} min", { h, m: m % 60 });
  return m > 0 ? t("{m} min {s} s", { m, s: s % 60 }) : t("{n} s", { n: s });
}

async function ask() {
  const before = performance.now();
  const wallBefore = Date.now();
  const answer = await fetch("/self-test/now", { cache: "no-store" });
  const wayMs = performance.now() - before;
  const { utc_ms: serverMs } = await answer.json();
  return { behindMs: serverMs - (wallBefore + wayMs / 2), wayMs };
}
