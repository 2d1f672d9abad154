// On the tile of a latecomer who warms up: her own clock, and the station where she goes in after it.

import { t } from "/static/translate.js";
import { formatCountdown } from "../core/words_of_time.js";
import { html } from "../html.js";
import { nameEntry } from "../state/late_warmup.js";
import { nowMs, planned } from "../state/model.js";
import { warming } from "../state/people.js";

export function LateBadge({ code }) {
  const warm = warming.value[code];
  if (!warm) return null;
  return html`<span class="badge">${warm.isOver ? t("Warm ✓") : t("Warm-up {time}", { time: formatCountdown(warm.endsMs - nowMs.value) })}</span>`;
}

export function LateStation({ code }) {
  const warm = warming.value[code];
  const entry = warm ? nameEntry(code, warm.isOver ? nowMs.value : warm.endsMs) : null;
  return entry && html`<b>${t("→ {n}", { n: entry.n })}</b>${" "}<span class="ex-name" lang=${planned.value.language}>${entry.name}</span>`;
}
