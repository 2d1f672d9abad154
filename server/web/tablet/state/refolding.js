// The fold anew at this moment: entries came that the clock knew nothing of.

import { batch } from "@preact/signals";
import { readNowMs } from "../shell/time.js";
import { foldedAtMs, nowMs } from "./model.js";

export function refoldNow() {
  batch(() => {
    nowMs.value = readNowMs();
    foldedAtMs.value = nowMs.value;
  });
}
