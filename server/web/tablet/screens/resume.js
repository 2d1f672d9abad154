// After a crash or a power cut: no question, only what happened.

import { t } from "/static/translate.js";
import { formatElapsed } from "../core/words_of_time.js";
import { html } from "../html.js";
import { resumed } from "../state/ui.js";

export function ResumeBar() {
  if (resumed.value === null) return null;
  const { awayMs, held } = resumed.value;
  const away = formatElapsed(awayMs);
  return html`<p class="resume" role="status">
    ${held
      ? t("Back after {away}. Nothing was lost. The clock was held.", { away })
      : t("Back after {away}. Nothing was lost. The clock went on.", { away })}
  </p>`;
}
