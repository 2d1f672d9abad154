// On the tile of a latecomer who warms up: her own clock, and the station where she goes in after it.

import { t } from "/static/translate.js";
import { formatCountdown } from "../core/words_of_time.js";
import { html } from "../html.js";
import { nameEntry } from "../state/late_warmup.js";
import { nowMs, planned } from "../state/model.js";
import { warming } from "../state/people.js";

export function Late({ code, where = false }) {
  const warm = warming.value[code];
  if (!warm) return null;
  return where ? html`<${Station} code=${code} warm=${warm} />` : html`<span class="badge">${sayLeft(warm)}</span>`;
}

const sayLeft = ({ isOver, endsMs }) =>
  (isOver ? t("Warm ✓") : t("Warm-up {time}", { time: formatCountdown(endsMs - nowMs.value) }));

function Station({ code, warm }) {
  const entry = nameEntry(code, warm.isOver ? nowMs.value : warm.endsMs);
  return entry && html`<b>${t("→ {n}", { n: entry.n })}</b>${" "}<span lang=${planned.value.language}>${entry.name}</span>`;
}
