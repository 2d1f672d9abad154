// A tablet that was revoked: nobody works on it, and it says what becomes of what it still has.

import { t, tn } from "/static/translate.js";
import { html } from "../html.js";
import { saveOutbox } from "../shell/outbox_file.js";
import { enrolment } from "../state/enrolment.js";
import { server } from "../state/model.js";
import { leftHere } from "../state/revoking.js";

export function Revoked({ shell }) {
  const { name } = enrolment.value;
  return html`<main class="who" aria-label=${t("Revoked")}>
    <h1>${name === null ? t("This tablet was revoked.") : t("This tablet ({name}) was revoked.", { name })}</h1>
    <p class="said" role="status">${sayLeft(leftHere.value)}</p>
    <p class="said">${t("Nobody's name is on it any more. When all that was entered here is with the server, it erases itself; a trainer decides there what goes into the record.")}</p>
    ${leftHere.value > 0 && html`<button type="button" class="key wide" onClick=${() => saveOutbox(shell, null)}>${t("Save outbox to file")}</button>`}
  </main>`;
}

function sayLeft(n) {
  if (n === null) return t("Looking for what still waits here…");
  if (n === 0) return t("Nothing waits here any more.");
  if (server.value.reached === false) return tn("{n} entry waits here and there is no server. Keep this tablet charged and bring it near the Wi-Fi.", "{n} entries wait here and there is no server. Keep this tablet charged and bring it near the Wi-Fi.", n);
  return tn("{n} entry goes to the server now. Keep this tablet on.", "{n} entries go to the server now. Keep this tablet on.", n);
}
