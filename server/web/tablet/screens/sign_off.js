// Jumps stay locked for her until a trainer has signed that she is ready. It counts from her next session.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { signOffJumps } from "../state/arrival_acts.js";
import { actor } from "../state/model.js";
import { cardOf, personOf } from "../state/people.js";

export function SignOff({ code }) {
  if (actor.value?.role === "assistant") return null;
  const ready = personOf(code).plyometric_signoff?.ready ?? cardOf(code)?.plyometrics_ready ?? false;
  return html`<button type="button" class="wide-key" aria-pressed=${ready} onClick=${() => signOffJumps(code, !ready)}>
    ${ready ? t("Signed off for jumps ✓ Take it back") : t("Ready for jumps: sign off, from her next session")}</button>`;
}
