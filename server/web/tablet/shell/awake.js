// The screen stays on while a session runs; when the system takes the lock away, it is asked again.

import { signal } from "@preact/signals";

/** Whether the system promised to keep the screen on. */
export const awake = signal(false);

let wanted = false;
let lock = null;

export async function stayAwake() {
  wanted = true;
  if (lock !== null || document.visibilityState !== "visible" || !navigator.wakeLock) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    return; // low battery or no permission: the truth line says so
  }
  awake.value = true;
  lock.addEventListener("release", () => {
    lock = null;
    awake.value = false;
  });
}

export function letSleep() {
  wanted = false;
  lock?.release();
}

document.addEventListener("visibilitychange", () => {
  if (wanted) stayAwake();
});
