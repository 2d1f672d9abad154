// Seconds since something, even when the tablet slept: the monotonic clock may stop meanwhile and
// the wall clock may be set, so the longer of both is taken. A value may only look older, never
// younger, than it is.

export function startElapsed(alreadyS = 0) {
  const monotonicMs = performance.now();
  const wallMs = Date.now();
  return () =>
    alreadyS + Math.max(performance.now() - monotonicMs, Date.now() - wallMs, 0) / 1000;
}
