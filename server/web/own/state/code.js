// The code of a card. Before it is used, what the last woman entered here goes to the server: afterwards
// her session is over, and nobody else may send what is hers.

import { readWaiting } from "/tablet/app/shell/outbox.js";
import { ask, sendWaiting } from "../shell/sending.js";
import { forgetShown } from "../shell/store.js";
import { finishLeaving, readLeaver } from "./leaving.js";
import { left, nameAuthor, noteEntries, reached, refusal } from "./model.js";

const CODE = /^#[A-Za-z0-9_-]{22}$/;
const SIGNED_OUT = 401;

/** Kept in memory only: a card that is photographed from a store would open her page. */
let pending = null;
export const isCodePending = () => pending !== null;

let hasBegun = false;
/** @returns {boolean} whether a code was taken since this was asked last */
export function takeBegun() {
  const was = hasBegun;
  hasBegun = false;
  return was;
}

/** The code is in the address's fragment, which no server is sent and no log holds; it goes from there. */
export function takeCode() {
  if (location.hash === "") return;
  pending = location.hash;
  history.replaceState(null, "", location.pathname);
}

/** @returns {Promise<boolean>} false: it waits until the way is free */
export async function useCode(database) {
  if (pending === null) return true;
  if (CODE.test(pending) && !(await makeWay(database))) {
    refusal.value = { status: "waits", waitS: 0 };
    return false;
  }
  const code = pending;
  pending = null;
  const answer = CODE.test(code) ? await ask("POST", "/api/v1/own/sign-in", { code: code.slice(1) }) : { status: 403 };
  if (answer.status !== 204) return (refusal.value = { status: answer.status, waitS: answer.retryAfterS ?? 0 }), true;
  hasBegun = true;
  refusal.value = null;
  left.value = false;
  await forgetShown(database);
  return true;
}

/** @returns {Promise<boolean>} whether nothing of who is signed in here is lost by another code */
async function makeWay(database) {
  const leaver = await readLeaver(database);
  if (leaver) return finishLeaving(database, leaver);
  if ((await readWaiting(database)).length === 0) return true;
  const { status, body } = await ask("GET", "/api/v1/own"); // who is signed in, as the server knows it
  reached.value = status > 0;
  if (status !== 200) return status === SIGNED_OUT;
  return (await sendWaiting(database, nameAuthor(body.me.code), noteEntries)).sent;
}
