// The key under the thumb, on every screen of a session.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { openSheet } from "../state/ui.js";

export function StopButton({ floating = false, code = null }) {
  return html`<button type="button" class=${floating ? "stop floating" : "stop"} onClick=${() => openSheet("event", { code })}>
    ${t("■ STOP / EVENT")}
  </button>`;
}
