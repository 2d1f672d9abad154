// Brings the evening anew when it may have changed, and lets go of names when no evening needs them.

import { effect, untracked } from "@preact/signals";
import { readOffsetMs } from "../shell/time.js";
import { fetchEvening, forgetPeople, watchTold } from "./evening_fetch.js";
import { cards, goesOn, names, nowMs, server, sessionId, state } from "./model.js";
import { noteClosed, readClosed, tonight } from "./tonight.js";

export async function watchEvening({ database }) {
  import("./revoking.js").then(({ watchRevoked }) => watchRevoked({ database }));
  await readClosed(database);
  const renew = () => goesOn() || fetchEvening(database);
  fetchEvening(database).then(() => watchTold(database));
  watchReturn(renew);
  watchDay(renew);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && renew());
  effect(() => {
    const [id, known, closed] = [sessionId.value, state.value.phase !== null, state.value.closed];
    if (id !== null && known) untracked(() => noteClosed(database, id, closed));
  });
  // By the clock only when it is the server's: a tablet that woke in another year keeps names for now.
  effect(() => void (isNamed() && !isNeeded() && untracked(() => forgetPeople(database))));
}

const isNamed = () => Object.keys(names.value).length + Object.keys(cards.value).length > 0;
const isNeeded = () => goesOn() || (!state.value.closed && (tonight.value !== null || readOffsetMs() === null));

function watchReturn(renew) {
  let wasAway = false;
  effect(() => {
    const { reached } = server.value;
    if (reached === true && wasAway) untracked(renew);
    if (reached !== null) wasAway = !reached;
  });
}

function watchDay(renew) {
  let day = null;
  effect(() => {
    const today = new Date(nowMs.value).toDateString();
    if (day !== null && day !== today) untracked(renew);
    day = today;
  });
}
