// The truth line's word where the browser doesn't trust the address: nothing keeps the app's files then.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { offlineReady } from "../shell/worker.js";

export const OfflineOff = () => offlineReady.value === "untrusted" &&
  html`<b class="offline-off" data-wrong>${t("Offline mode off")}</b>`;
