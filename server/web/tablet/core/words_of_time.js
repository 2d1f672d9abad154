// Times as people read them. Pure.

/** @param {number} ms @returns {string} m:ss; a second counts until it is over */
export function formatCountdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

/** @param {number} ms @returns {string} m:ss that have passed */
export function formatElapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

/** @param {number} ms @returns {string} hh:mm:ss */
export function formatLong(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

/** @param {number} ms UTC @returns {string} hh:mm on this tablet's wall */
export const formatClock = (ms) =>
  new Date(ms).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

const pad = (number) => String(number).padStart(2, "0");
