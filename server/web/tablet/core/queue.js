// Which entries go to the server in which post, and what its answer makes of them. Pure.

// Contract of POST /api/v1/sessions/{id}/events: it takes 256 KiB, and brackets and commas need room too.
const EVENTS_A_POST = 200;
const BYTES_A_POST = 240 * 1024;

/**
 * One post holds one session's entries of one person: a refused person holds up nobody else.
 * @param {{id: string, session: string, envelope: {actor: string, device_seq: number}}[]} entries
 * @param {Set<string>} without actors whose PIN the server hasn't seen
 */
export function planPosts(entries, without = new Set()) {
  const groups = new Map();
  const inOrder = [...entries].sort((a, b) => a.envelope.device_seq - b.envelope.device_seq);
  for (const entry of inOrder) {
    if (without.has(entry.envelope.actor)) continue;
    const key = JSON.stringify([entry.session, entry.envelope.actor]);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(entry);
  }
  return [...groups.values()].flatMap(cutToSize);
}

function cutToSize(entries) {
  const posts = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = new TextEncoder().encode(JSON.stringify(entry.envelope)).length + 1;
    if (bytes + size > BYTES_A_POST || posts.at(-1).entries.length === EVENTS_A_POST) {
      posts.push({ session: entry.session, actor: entry.envelope.actor, entries: [] });
      bytes = 0;
    }
    posts.at(-1).entries.push(entry);
    bytes += size;
  }
  return posts;
}

/**
 * What one answer says: which entries are on the server, which are set aside, what to do next.
 * @returns {{done: {id: string, n: number, result: string}[], refused: {id: string, code: string,
 *   message: string}[], next: "go_on"|"again"|"sign_in"|"actor"|"wait"|"halve"}}
 */
export function readAnswer(status, body, entries) {
  const nothing = { done: [], refused: [] };
  const ids = new Set(entries.map((entry) => entry.id));
  if (status === 200 && Array.isArray(body?.results)) {
    const done = body.results.filter(({ id, result }) => ids.has(id) && isKnown(result));
    return { done, refused: [], next: done.length > 0 ? "go_on" : "wait" };
  }
  if (status === 401) return { ...nothing, next: "sign_in" };
  if (status === 403 && body?.code === "actor_not_signed_in") return { ...nothing, next: "actor" };
  if (REFUSES.has(status)) return readRefusal(body, entries, ids, status);
  return { ...nothing, next: "wait" };
}

/** What no later try makes right: one entry in the post is why (too big, not JSON for it, not valid). */
const REFUSES = new Set([400, 413, 422]);

const isKnown = (result) => ["new", "known", "conflict"].includes(result);

function readRefusal(body, entries, ids, status) {
  const named = (body?.errors ?? []).filter(({ id }) => ids.has(id));
  if (named.length > 0) return { done: [], refused: named, next: "again" };
  if (entries.length > 1) return { done: [], refused: [], next: "halve" };
  const { code = "refused", detail: message = `HTTP ${status}` } = body ?? {};
  return { done: [], refused: [{ id: entries[0].id, code, message }], next: "again" };
}
