// Tonight's session by the time that this tablet knows, whenever its plan came.

import { computed, signal } from "@preact/signals";
import { chooseTonight } from "../core/tonight.js";
import { keep, readKept } from "../shell/database.js";
import { bundle, nowMs } from "./model.js";

/** Sessions that this tablet saw closed: a plan that came before doesn't know it. */
export const closedHere = signal([]);

const minute = computed(() => Math.floor(nowMs.value / 60_000));
export const tonight = computed(() =>
  chooseTonight(bundle.value?.sessions ?? [], minute.value * 60_000, closedHere.value));

export async function readClosed(database) {
  closedHere.value = (await readKept(database, "closed")) ?? [];
}

/** @param {boolean} isClosed or opened again */
export async function noteClosed(database, id, isClosed) {
  if (closedHere.value.includes(id) === isClosed) return;
  const others = closedHere.value.filter((one) => one !== id);
  closedHere.value = isClosed ? [...others, id].slice(-50) : others;
  await keep(database, "closed", closedHere.value);
}
