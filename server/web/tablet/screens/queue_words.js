// What waits on this tablet, in words.

import { t } from "/static/translate.js";
import { entries, nowMs } from "../state/model.js";

const OLD_MS = 24 * 3600_000; // promise E5: a queue that old asks to be looked after

export function sayQueue({ waiting, onServer }) {
  if (waiting === 0) return t("Nothing waits. {n} entries are on the server.", { n: onServer });
  const oldest = Math.min(...[...entries.value.values()].filter(({ state }) => state === "waiting")
    .map(({ envelope }) => Date.parse(envelope.occurred_at)));
  return nowMs.value - oldest > OLD_MS
    ? t("{n} entries wait for more than a day. Bring this tablet near the Wi-Fi, or save them to a file.", { n: waiting })
    : t("{n} entries wait here and go by themselves.", { n: waiting });
}
