// Keys whose meaning changes under the finger wait half a second before they count.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { SETTLE_MS, isMeant } from "../core/meant.js";

/** For what opens at once, whatever it said: whether it already means what it did when it was looked at.
 * @param {unknown} about what it stands for now */
export function useSteady(about) {
  const last = useRef({ about, ms: -SETTLE_MS });
  if (last.current.about !== about) last.current = { about, ms: performance.now() };
  return () => isMeant(performance.now(), last.current.ms);
}

/** @param {unknown} about what the keys stand for now
 * @returns {[boolean, (act: Function) => Function]} whether they count already, and an act that does */
export function useMeant(about) {
  const last = useRef({});
  const [settled, setSettled] = useState();
  if (last.current.about !== about) last.current = { about, ms: performance.now() };
  useLayoutEffect(() => {
    const timer = setTimeout(() => setSettled(about), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [about]);
  const meant = (act) => (...given) => {
    const nowMs = performance.now();
    if (!isMeant(nowMs, last.current.ms)) return undefined;
    last.current.ms = nowMs;
    return act(...given);
  };
  return [settled === about, meant];
}
