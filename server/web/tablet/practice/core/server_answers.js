// A double of the server: it takes entries and tells them again, in the shapes of `/api/v1`, and stores
// nothing itself. Pure.

import { isSame } from "../../core/fold/canonical.js";
import { formatUtc } from "../../core/envelope.js";
import { makeBundle } from "./bundle.js";

const EVENTS_A_POST = 200;
const EVENTS = /^\/api\/v1\/sessions\/([^/?]+)\/events(?:\?after=(\d+))?$/;

/**
 * @typedef {{n: number, session: string, recorded_at: string, event: object}} Row of the ledger
 * @param {{method: string, path: string, content: any}} asked
 * @param {{rows: Row[], handed: import("./bundle.js").Handed, nowMs: number}} held
 * @returns {{status: number, body: object, taken: Row[]}} `taken`: to be stored before it is answered
 */
export function answer(asked, held) {
  const [, session, after] = EVENTS.exec(asked.path) ?? [];
  if (session !== undefined) {
    return asked.method === "POST" ? takeEvents(session, asked.content, held) : tell(readEvents(session, Number(after ?? 0), held));
  }
  const read = READS[`${asked.method} ${asked.path.split("?")[0]}`];
  return read ? tell(read(held, asked.content)) : refuse(404, "not_found", "a practice has no such thing");
}

const READS = {
  "GET /api/v1/self": (held) => describeSelf(held, held.handed.trainer),
  "POST /api/v1/sign-in": (held, { name }) => describeSelf(held, name),
  "POST /api/v1/tablet/actors": (held, { name }) => describeSelf(held, name),
  "GET /api/v1/tablet/enrolment": () => ({ name: null, is_revoked: false, is_required: false }),
  "GET /api/v1/tablet/bundle": ({ rows, handed, nowMs }) => makeBundle(handed, nowMs, isClosed(rows)),
};

const tell = (body) => ({ status: 200, body, taken: [] });
const refuse = (status, code, detail) => ({ status, body: { status, code, title: code, detail }, taken: [] });

const describeSelf = ({ nowMs }, name) =>
  ({ user: name, role: "trainer", actors: [name], active: name, device: null, server_utc: formatUtc(nowMs) });

const isClosed = (rows) => rows.findLast(({ event: { kind } }) =>
  ["session_closed", "session_reopened"].includes(kind))?.event.kind === "session_closed";

const headOf = (rows) => rows.at(-1)?.n ?? 0;
const ofSession = (rows, session) => rows.filter((row) => row.session === session);

function readEvents(session, after, { rows, handed, nowMs }) {
  const own = ofSession(rows, session);
  const newer = own.filter(({ n }) => n > after).map(({ n, recorded_at, event }) => ({ ...event, n, recorded_at }));
  return { events: newer, head: headOf(own), backed_up: headOf(own), limits_sha256: handed.limits.sha256 ?? null,
    signoffs_n: 0, server_utc: formatUtc(nowMs) };
}

function takeEvents(session, events, { rows, nowMs }) {
  if (events.length > EVENTS_A_POST) return refuse(413, "batch_too_large", `at most ${EVENTS_A_POST}`);
  const taken = [];
  const known = new Map(rows.map((row) => [row.event.id, row]));
  const results = events.map((event) => {
    const row = known.get(event.id) ?? null;
    if (row !== null) return { id: event.id, result: isSame(row.event, event) ? "known" : "conflict", n: row.n };
    taken.push({ n: headOf(rows) + taken.length + 1, session, recorded_at: formatUtc(nowMs), event });
    known.set(event.id, taken.at(-1));
    return { id: event.id, result: "new", n: taken.at(-1).n };
  });
  const head = headOf(ofSession([...rows, ...taken], session));
  return { status: 200, body: { results, head, server_utc: formatUtc(nowMs) }, taken };
}
