// A second tablet's entry that says otherwise: it comes from the double of the server, as such entries do.

import { formatUtc } from "../../core/envelope.js";
import { makeUuid7 } from "../../core/uuid7.js";
import { entries, bundle, sessionId, things } from "../../state/model.js";
import { HELPER } from "../core/bundle.js";
import { endsOf } from "../core/saying.js";
import { readNowMs } from "../shell/time.js";
import { putRow } from "./server.js";

const OTHER_TABLET = "00000000000000aa";
const APART = 3; // grades

/** The newest rating of this tablet that counts and that nobody disputes. @returns {object|null} */
export const findContradictable = () => things.value.all.findLast(({ kind, shown, disputed }) => kind === "rpe" &&
  shown?.value.rating != null && disputed.length === 0 && entries.value.get(shown.id)?.state === "sent") ?? null;

/** @returns {Promise<{code: string, key: string}>} whose rating it is, and what it is about */
export async function contradict() {
  const { shown, about } = findContradictable();
  const nowMs = readNowMs();
  const id = makeUuid7(nowMs, crypto.getRandomValues(new Uint8Array(10)));
  await putRow(sessionId.value, { id, kind: "rpe", about, value: { ...shown.value, rating: otherThan(shown.value.rating) },
    actor: HELPER, device: OTHER_TABLET, device_seq: nowMs, occurred_at: formatUtc(nowMs), clock_offset_ms: 0,
    supersedes: null, reason: null });
  return { code: about.split("/")[0], key: about };
}

function otherThan(rating) {
  const { highest } = endsOf(bundle.value?.effort.scale);
  return rating + APART <= highest ? rating + APART : rating - APART;
}
