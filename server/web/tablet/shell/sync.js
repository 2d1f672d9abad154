// Brings entries to the server and fetches those of other tablets. It starts over from what is on the
// disk each time, so that a reload, a lost answer or a second try change nothing.

import { computeWaitMs } from "../core/backoff.js";
import { planPosts, readAnswer } from "../core/queue.js";
import { call } from "./api.js";
import { markSent, readWaiting, setAside } from "./outbox.js";
import { keepReceived, readHead } from "./received.js";
import { learnTime } from "./time.js";

/**
 * @param {any} database
 * @param {{onEntries: (entries: object[]) => void, onReceived: (session: string, events: object[]) =>
 *   void, onServer: (about: object) => void, readSession: () => string|null}} tell
 */
export function createSync(database, tell) {
  let running = null;
  let next = null; // the run that begins when the running one is over
  let failures = 0;
  let timer = 0;
  /** @type {Set<string>} people whose PIN the server must see before it takes their entries */
  const unknownActors = new Set();

  /** On a tap, on opening, on coming back, on each sign of life: now. What it returns is over when
   * all that was there at the call has been asked: a run that began before isn't enough. */
  function flush() {
    if (running) return (next ??= running.then(flushAgain, flushAgain));
    clearTimeout(timer);
    timer = 0;
    running = sendAndFetch().finally(() => (running = null));
    return running;
  }

  const flushAgain = () => {
    next = null;
    return flush();
  };

  /** Every two seconds: only when no try is being waited for. */
  const beat = () => (timer === 0 ? flush() : running);

  async function sendAndFetch() {
    if (isUnsure) await askWhetherWhole();
    const sent = await sendWaiting();
    const fetched = sent !== "nothing" && (await fetchOthers());
    const isDone = sent === "all" && fetched;
    failures = isDone ? 0 : failures + 1;
    if (!isDone) timer = setTimeout(flush, computeWaitMs(failures, Math.random(), retryAfterS));
  }

  let retryAfterS = 0;

  // A server that was away may have come back from a backup, without the newest entries.
  let isUnsure = true;

  async function askWhetherWhole() {
    const { probe } = await import("./restored.js");
    const lost = await probe(database, ask, unknownActors);
    isUnsure = lost === null;
    if (lost !== null && lost.length > 0) tell.onEntries(lost);
  }

  /** "all" that waits; "some": one post that fails holds up nobody else's; "nothing" more can go now. */
  async function sendWaiting() {
    let left = "all";
    let posts = planPosts(await readWaiting(database), unknownActors);
    while (posts.length > 0) {
      const post = posts.shift();
      const answer = await ask("POST", `/api/v1/sessions/${post.session}/events`,
        post.entries.map((entry) => entry.envelope));
      const { done, refused, next } = readAnswer(answer.status, answer.body, post.entries);
      if (done.length > 0) tell.onEntries(await markSent(database, done));
      if (refused.length > 0) tell.onEntries(await setAside(database, refused));
      if (next === "sign_in" || answer.status === 0 || answer.status === 429) return "nothing";
      if (next === "wait") left = "some";
      if (next === "actor") unknownActors.add(post.actor);
      if (next === "halve") posts.unshift(...halve(post));
      if (next === "again") posts = planPosts(await readWaiting(database), unknownActors);
      if (unknownActors.size > 0) tell.onServer({ unknownActors: [...unknownActors] });
    }
    return left;
  }

  async function fetchOthers() {
    const session = tell.readSession();
    if (session === null) return (await ask("GET", "/api/v1/self")).status === 200;
    const head = await readHead(database, session);
    const answer = await ask("GET", `/api/v1/sessions/${session}/events?after=${head}`);
    if (answer.status !== 200 || !Array.isArray(answer.body?.events)) return false;
    const { events, head: newHead, backed_up: backedUp = null, limits_sha256: limits, signoffs_n: signoffs } = answer.body;
    tell.onServer({ backedUp, limits, signoffs });
    if (newHead < head) {
      isUnsure = false;
      tell.onEntries(await (await import("./restored.js")).sendAgain(database));
      return false; // the next try sends and fetches everything
    }
    if (events.length > 0) {
      await keepReceived(database, session, events, newHead);
      tell.onReceived(session, events);
    }
    return true;
  }

  async function ask(method, path, content) {
    const answer = await call(method, path, content);
    learnTime(answer);
    retryAfterS = answer.retryAfterS;
    isUnsure ||= answer.status === 0;
    tell.onServer({ reached: answer.status > 0, status: answer.status, code: answer.body?.code ?? null });
    return answer;
  }

  /** After she entered her PIN online. */
  function actorIsKnown(name) {
    unknownActors.delete(name);
    tell.onServer({ unknownActors: [...unknownActors] });
    return flush();
  }

  return { flush, beat, actorIsKnown };
}

function halve(post) {
  const middle = Math.ceil(post.entries.length / 2);
  const parts = [post.entries.slice(0, middle), post.entries.slice(middle)];
  return parts.map((entries) => ({ ...post, entries }));
}
