// What her taps mean: entries, saved on this phone before anything else, then sent.

import { formatUtc } from "/tablet/app/core/envelope.js";
import { appendEntries } from "/tablet/app/shell/outbox.js";
import { readNowMs, readOffsetMs, readStampMs } from "/tablet/app/shell/time.js";
import { draftOwn } from "../core/said.js";
import { ask, NEXT_DAY } from "../shell/sending.js";
import { author, noteEntries, path, saidOf, view } from "./model.js";

let parts = null;

/** @param {{database: any, device: string, flush: () => Promise<void>}} store */
export const useStore = (store) => (parts = store);

async function enter(session, draft) {
  const by = { session, actor: author.value, device: parts.device, nowMs: readStampMs(), offsetMs: readOffsetMs() };
  noteEntries(await appendEntries(parts.database, [draft], by));
  parts.flush();
}

/** Her sets rest from now on; her trainer sees it, and says when she goes on. No reason is asked. */
export function askForBreak(session) {
  const value = { at: formatUtc(readStampMs()), why: null };
  return enter(session, { kind: "person_held", about: view.value.me.code, value });
}

/** @param {{rating: number|null, missing_reason: string|null}} given @param {number} minutes after the end */
export function giveEffort(session, { rating, missing_reason }, minutes) {
  const { scale, anchor_pack } = view.value.effort;
  const source = rating === null ? null : "self_report";
  const known = view.value.answers?.effort;
  return say(session, "session_rpe", { scale, rating, missing_reason, source, anchor_pack, minutes_after_end: minutes },
    known?.is_own ? known.event : null);
}

export const giveFeeling = (session, grade) => say(session, "feeling", { feeling_0_10: grade }, null);

export const giveReadiness = (session, answers) => say(session, "readiness", { ...answers, answered_by: "self" }, null);

const say = (session, kind, value, known) =>
  enter(session, draftOwn(kind, view.value.me.code, value, saidOf(kind, session), known));

/** @param {{worse: boolean, what: string[], call_me: boolean}} said */
export const answerNextDay = (session, said) => enter(session, { kind: NEXT_DAY, about: view.value.me.code, value: said });

/** @returns {Promise<{status: number, code: string|null, waitS: number}>} */
export async function givePin(pin, isNew) {
  const { status, body, retryAfterS } = await ask("POST", "/api/v1/own/pin", { pin, new: isNew });
  if (status === 204) await fetchPath();
  return { status, code: body?.code ?? null, waitS: retryAfterS };
}

/** @returns {Promise<number>} the status */
export async function fetchPath() {
  const { status, body } = await ask("GET", "/api/v1/own/path");
  path.value = status === 200 ? { ...body, readMs: readNowMs() } : null;
  return status;
}
