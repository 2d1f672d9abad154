// Jumps stay locked for her until a trainer has signed that she is ready. It counts from her next session;
// a no counts at once.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { actor } from "../state/model.js";
import { cardOf, isReady, personOf, signCode } from "../state/people.js";
import { signOffJumps } from "../state/signing_off.js";
import { useMeant } from "./meant.js";

export function SignOff({ code }) {
  const ready = personOf(code).plyometric_signoff?.ready ?? Boolean(cardOf(code)?.plyometrics_ready);
  const [settled, meant] = useMeant(ready);
  if (actor.value?.role === "assistant") return null;
  const who = signCode(code);
  const act = () => signOffJumps(code, !ready, ready ? t("{who}: no jumps", { who }) : t("{who}: ready for jumps", { who }));
  return html`<button type="button" class="wide-key" aria-pressed=${ready} aria-disabled=${!settled} onClick=${meant(act)}>${say(ready, isReady(code))}</button>`;
}

function say(ready, tonight) {
  if (!ready) return t("Ready for jumps: sign off, from her next session");
  return tonight ? t("Signed off for jumps ✓ Take it back") : t("Signed off for jumps from her next session ✓ Take it back");
}
