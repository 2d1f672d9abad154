// What is open on this tablet: never entered, never sent.

import { computed, signal } from "@preact/signals";
import { actor, goesOn, sessionId, state } from "./model.js";

/** Sheets over the screen, the last on top: "event", "connection", "who", "effort", "note", "feeling",
 * "readiness". One under another keeps what it is at. */
export const sheets = signal([]);
export const sheet = computed(() => sheets.value.at(-1) ?? null);
/** Whose drawer is open, on which tab. */
export const drawer = signal(null);
export const view = signal("tiles"); // or "stations"
export const hand = signal("right");
/** After a start with a session running: what core/returning.js says. */
export const resumed = signal(null);

/** Whether there is somebody to stop and a session to write it down in. */
export const isGoingOn = computed(() => actor.value !== null && goesOn());

/** Which screen: nobody signed in, an assistant's own, no session open, or the session's phase. */
export const screen = computed(() => {
  if (actor.value === null) return "who";
  if (actor.value.role === "assistant") return "assistant";
  if (sessionId.value === null || state.value.phase === null) return "today";
  if (state.value.closed) return "closed";
  return state.value.phase.phase;
});

/** A tap on the one whose drawer is open closes it. */
export const toggleDrawer = (code) => (drawer.value = drawer.value?.code === code ? null : { code });

let opened = 0;
/** Each is open once; only an event may lie over an event: STOP always asks about whom. */
export const openSheet = (name, about = {}) =>
  (sheets.value = [...sheets.value.filter((one) => one.name !== name || name === "event"), { nth: (opened += 1), name, ...about }]);
/** The one on top. */
export const closeSheet = () => (sheets.value = sheets.value.slice(0, -1));
