// Everything entered here, as a file: for when no server comes. The server takes the same entries again
// at any time, because their ids stay.

import { readEntries } from "./outbox.js";

export async function saveOutbox({ database, device }) {
  const entries = await readEntries(database);
  const content = JSON.stringify({ doseline_outbox: 1, device, entries }, null, 1);
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `doseline-outbox-${device}-${entries.length}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
