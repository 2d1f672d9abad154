// What an answer to her entries means: as on the trainer's tablet, and two more that no later try makes
// right, so that nothing waits for ever without a word. Pure.

import { readAnswer } from "/tablet/app/core/queue.js";

const FINAL = new Set([403, 409]);
const ABOUT_WHO_ASKS = new Set(["actor_not_signed_in", "cross_site"]); // not about what was entered
const INVALID = 422;

/** @returns {{done: object[], refused: object[], next: string}} as readAnswer has it */
export function judge(status, body, entries) {
  const isFinal = FINAL.has(status) && typeof body?.code === "string" && !ABOUT_WHO_ASKS.has(body.code);
  const told = isFinal || body?.results ? body : { ...body, results: [body] }; // the next day's is one alone
  return readAnswer(isFinal ? INVALID : status, told, entries);
}

/** What goes next of a post that was answered: halves, the rest without what was refused, or nothing.
 * @returns {object[][]} lists of entries */
export function listNext(entries, { refused, next }) {
  if (next === "halve") {
    const middle = Math.ceil(entries.length / 2);
    return [entries.slice(0, middle), entries.slice(middle)];
  }
  const gone = new Set(refused.map(({ id }) => id));
  const rest = entries.filter(({ id }) => !gone.has(id));
  return next === "again" && rest.length > 0 && gone.size > 0 ? [rest] : [];
}
