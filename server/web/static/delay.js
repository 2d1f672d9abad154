// How much later than usual a frame came: a congested network delivers old frames, one after the
// other, and they must not look new. The quickest frame so far tells how far apart the clocks are.

const DRIFT_ALLOWED = 0.0005; // two quartz clocks differ by less; the estimate follows so fast

export function startDelay() {
  let quickestMs = Infinity;
  let previous = null;

  return (serverMonotonicNs, nowMs = performance.now()) => {
    const serverMs = serverMonotonicNs / 1e6;
    if (previous !== null && serverMs < previous.serverMs) quickestMs = Infinity; // it rebooted
    if (previous !== null) quickestMs += (nowMs - previous.nowMs) * DRIFT_ALLOWED;
    previous = { serverMs, nowMs };
    const apartMs = nowMs - serverMs;
    quickestMs = Math.min(quickestMs, apartMs);
    return (apartMs - quickestMs) / 1000;
  };
}
