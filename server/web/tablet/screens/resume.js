// After a crash, a power cut or a pause: no question, only what happened, as far as it is known.

import { t } from "/static/translate.js";
import { formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { resumed } from "../state/ui.js";

const CLOCKS = { running: () => t("The clock went on."), held: () => t("The clock was held."), done: () => t("The circuit is over.") };

export function ResumeBar() {
  if (resumed.value === null) return null;
  const { awayMs, clock, missing } = resumed.value;
  return html`<p class="resume" role="status">
    ${awayMs === null ? t("Back.") : t("Back after {away}.", { away: formatElapsed(awayMs) })}${" "}
    ${missing === 0 ? t("Nothing was lost.") : t("{n} entries of this tablet can't be read. What the server has is there; look under Connection.", { n: missing })}${" "}
    ${awayMs === null ? t("This tablet's time went back: the clock is right when the server is there again.") : CLOCKS[clock]()}
  </p>`;
}
