// Everything for one evening, as it is kept on the tablet. Names and emergency cards are encrypted there
// and readable only in memory.

import { batch } from "@preact/signals";
import { keep, readKept } from "../shell/database.js";
import { readNowMs } from "../shell/time.js";
import { unseal } from "../shell/vault.js";
import { bundle, cards, names, nowMs, sessionId } from "./model.js";

export async function readEvening(database) {
  const [open, people] = [await readKept(database, "bundle"), await unseal(database, "people")];
  const session = await readKept(database, "session");
  batch(() => {
    if (open) showEvening(open, people ?? { names: {}, cards: {} });
    sessionId.value = session ?? null;
  });
}

export async function openSession(database, id) {
  await keep(database, "session", id);
  sessionId.value = id;
}

export function showEvening(open, people) {
  batch(() => {
    nowMs.value = readNowMs(); // the answer told the server's time, too: which session is tonight's goes by it
    bundle.value = open;
    names.value = people.names;
    cards.value = people.cards;
  });
}
