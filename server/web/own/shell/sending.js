// Brings her entries to the server, then fetches what is new. It starts over from what is on the disk each
// time; ids were made here, so that a second try changes nothing.

import { planPosts } from "/tablet/app/core/queue.js";
import { call } from "/tablet/app/shell/api.js";
import { markSent, readWaiting, setAside } from "/tablet/app/shell/outbox.js";
import { learnTime } from "/tablet/app/shell/time.js";
import { judge, listNext } from "../core/judge.js";

export const NEXT_DAY = "next_day";
const STOPS = new Set([0, 401, 429]); // nothing more can go now

/**
 * Hers alone, and the server takes them only while she is the one who is signed in here.
 * @returns {Promise<{sent: boolean, status: number, code: string|null}>} whether all of hers is on the
 *   server or set aside, and the last answer
 */
export async function sendWaiting(database, author, onEntries) {
  const waiting = (await readWaiting(database)).filter(({ envelope }) => envelope.actor === author);
  let last = { status: 200, code: null };
  for (const post of [...planEntries(waiting), ...planNextDay(waiting, author)]) {
    last = await sendPost(database, post, onEntries);
    if (STOPS.has(last.status)) break;
  }
  return { sent: (await readWaiting(database)).every(({ envelope }) => envelope.actor !== author), ...last };
}

const planEntries = (waiting) => planPosts(waiting.filter(({ envelope }) => envelope.kind !== NEXT_DAY))
  .map(({ session, entries }) => ({ entries, path: `/api/v1/own/sessions/${session}/events`,
    write: (some) => some.map(({ envelope }) => envelope) }));

const planNextDay = (waiting, author) => waiting.filter(({ envelope }) => envelope.kind === NEXT_DAY)
  .map((entry) => ({ entries: [entry], path: "/api/v1/own/next-day",
    write: ([{ id, session, envelope }]) => ({ id, session, actor: author, ...envelope.value }) }));

/** One bad entry holds up no other: what is refused as a whole goes again in halves. */
async function sendPost(database, { entries, path, write }, onEntries) {
  const ahead = [entries];
  let answer = null;
  while (ahead.length > 0) {
    const some = ahead.shift();
    answer = await ask("POST", path, write(some));
    const judged = judge(answer.status, answer.body, some);
    if (judged.done.length > 0) onEntries(await markSent(database, judged.done.map((one) => ({ n: null, ...one }))));
    if (judged.refused.length > 0) onEntries(await setAside(database, judged.refused));
    if (STOPS.has(answer.status)) break;
    ahead.unshift(...listNext(some, judged));
  }
  return { status: answer.status, code: answer.body?.code ?? null };
}

export async function ask(method, path, content) {
  const answer = await call(method, path, content);
  learnTime(answer);
  return answer;
}
