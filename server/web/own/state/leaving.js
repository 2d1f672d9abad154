// A tablet goes back: what its last woman entered is sent under her own session, and then that ends.

import { forget, keep, readKept } from "/tablet/app/shell/database.js";
import { ask, sendWaiting } from "../shell/sending.js";
import { forgetShown } from "../shell/store.js";
import { noteEntries, reached } from "./model.js";

const LEAVING = "leaving"; // who has given the tablet back while something of hers was still to be sent
const SIGNED_OUT = 401;
const OVER = new Set([204, SIGNED_OUT]); // 401 also of a tablet that was revoked: the trainer's app hands in what waits

export const readLeaver = (database) => readKept(database, LEAVING);
export const noteLeaver = (database, author) => keep(database, LEAVING, author);

/** Who is signed out already, by time or by staff, can't send any more: that waits for her own next code.
 * @returns {Promise<boolean>} whether it is over */
export async function finishLeaving(database, leaver) {
  const { sent, status, code } = await sendWaiting(database, leaver, noteEntries);
  reached.value = status > 0;
  const isAnother = code === "actor_not_signed_in"; // whose session isn't ours to end
  if (!sent && status !== SIGNED_OUT && !isAnother) return false;
  const ended = isAnother || OVER.has((await ask("POST", "/api/v1/own/sign-out")).status);
  if (!ended) return false;
  await forgetShown(database);
  await forget(database, LEAVING);
  return true;
}
