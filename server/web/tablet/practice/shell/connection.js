// In place of /static/connection.js: frames are made here, one for each second of the practice.

import { readNowMs } from "./time.js";

const LOOK_EVERY_MS = 100;
const MOST_AT_ONCE = 20; // a page that slept doesn't make up for all of it

let makeFrame = null;

/** @param {(nowMs: number) => object|null} source null: nothing comes, as without Wi-Fi */
export const useStraps = (source) => (makeFrame = source);

export function openConnection(_path, onFrame) {
  let frame = null;
  let frameMs = -Infinity;
  let wall = null;
  let isLost = false;
  let nextMs = readNowMs();

  function show(nowMs) {
    const made = makeFrame(nowMs);
    isLost = made === null;
    if (isLost) return;
    [frame, frameMs, wall] = [made, nowMs, new Date(nowMs)];
    onFrame();
  }

  function tick() {
    const nowMs = readNowMs();
    nextMs = Math.max(nextMs, nowMs - MOST_AT_ONCE * 1000);
    for (; nextMs <= nowMs; nextMs += 1000) show(nextMs);
  }

  const read = () => ({
    phase: isLost ? "lost" : frame === null ? "connecting" : "live",
    frame,
    elapsedS: (readNowMs() - frameMs) / 1000,
    sinceWall: wall,
  });

  setInterval(tick, LOOK_EVERY_MS);
  return { read, check: () => {}, retry: tick };
}
