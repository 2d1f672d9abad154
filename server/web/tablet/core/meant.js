// Whether a tap was meant for what is under it. A finger that bounces, or a hand that trembles, taps
// again at once, when the key already stands for the next woman. Pure.

export const SETTLE_MS = 500; // the shortest wait of Windows' Bounce Keys, made for tremor

/** @param {number} nowMs @param {number} sinceMs when it came up, or when the last tap on it counted */
export const isMeant = (nowMs, sinceMs) => nowMs - sinceMs >= SETTLE_MS;
