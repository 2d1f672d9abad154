// Everything entered here, as a file: for when no server comes. `doseline-server sessions import` takes
// it, and the server the same entries again at any time, because their ids stay.

import { readEntries } from "./outbox.js";

/** @param {string|null} study as the server named it */
export async function saveOutbox({ database, device }, study) {
  const entries = await readEntries(database);
  const sha256 = await digest(JSON.stringify(entries));
  const content = JSON.stringify({ doseline_outbox: 1, study, device, sha256, entries }, null, 1);
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `doseline-outbox-${device}-${entries.length}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
