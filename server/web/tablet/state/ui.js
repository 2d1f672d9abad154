// What is open on this tablet: never entered, never sent.

import { computed, signal } from "@preact/signals";
import { actor, sessionId, state } from "./model.js";

/** Sheet over the screen: "event", "connection", "who", "effort", "note", "card", "readiness"; or null. */
export const sheet = signal(null);
/** Whose drawer is open, on which tab. */
export const drawer = signal(null);
export const view = signal("tiles"); // or "stations"
export const hand = signal("right");
/** After a start with a session running: what core/returning.js says. */
export const resumed = signal(null);

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

export const openSheet = (name, about = {}) => (sheet.value = { name, ...about });
export const closeSheet = () => (sheet.value = null);
