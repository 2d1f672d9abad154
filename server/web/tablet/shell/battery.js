// The tablet's charge, where the browser tells.

import { signal } from "@preact/signals";

/** Percent, or null when this browser doesn't tell. */
export const battery = signal(null);

export async function watchBattery() {
  const source = await navigator.getBattery?.();
  if (!source) return;
  const read = () => (battery.value = Math.round(source.level * 100));
  source.addEventListener("levelchange", read);
  read();
}
