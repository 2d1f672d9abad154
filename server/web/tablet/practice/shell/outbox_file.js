// In place of shell/outbox_file.js: what was practised, as a file that no server takes for an evening's.

import { readEntries } from "../../shell/outbox.js";

export async function saveOutbox({ database }) {
  const entries = await readEntries(database);
  const content = JSON.stringify({ doseline_practice: 1, entries }, null, 1);
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `PRACTICE-${entries.length}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
