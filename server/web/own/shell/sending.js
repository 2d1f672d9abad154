// Brings her entries to the server, then fetches what is new. It starts over from what is on the disk each
// time; ids were made here, so that a second try changes nothing.

import { planPosts, readAnswer } from "/tablet/app/core/queue.js";
import { call } from "/tablet/app/shell/api.js";
import { markSent, readWaiting, setAside } from "/tablet/app/shell/outbox.js";
import { learnTime } from "/tablet/app/shell/time.js";

export const NEXT_DAY = "next_day";
const SIGNED_OUT = 401;

/** @returns {Promise<{sent: boolean, status: number}>} whether all of hers is on the server */
export async function sendWaiting(database, author, onEntries) {
  const waiting = (await readWaiting(database)).filter(({ envelope }) => envelope.actor === author);
  const ofLedger = waiting.filter(({ envelope }) => envelope.kind !== NEXT_DAY);
  const posts = planPosts(ofLedger).map((post) => ({ ...post, path: `/api/v1/own/sessions/${post.session}/events`,
    body: post.entries.map(({ envelope }) => envelope) }));
  const answers = waiting.filter(({ envelope }) => envelope.kind === NEXT_DAY).map((entry) => ({
    entries: [entry], path: "/api/v1/own/next-day", body: { id: entry.id, session: entry.session, actor: author, ...entry.envelope.value } }));
  let status = 200;
  for (const post of [...posts, ...answers]) {
    status = await sendOne(database, post, onEntries);
    if (status === SIGNED_OUT || status === 0) break;
  }
  return { sent: (await readWaiting(database)).every(({ envelope }) => envelope.actor !== author), status };
}

async function sendOne(database, { entries, path, body }, onEntries) {
  const answer = await ask("POST", path, body);
  const told = answer.body?.results ? answer.body : { ...answer.body, results: [answer.body] };
  const { done, refused } = readAnswer(answer.status, told, entries);
  if (done.length > 0) onEntries(await markSent(database, done.map((one) => ({ n: null, ...one }))));
  if (refused.length > 0) onEntries(await setAside(database, refused));
  return answer.status;
}

export async function ask(method, path, content) {
  const answer = await call(method, path, content);
  learnTime(answer);
  return answer;
}
