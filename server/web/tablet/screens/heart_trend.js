// Her heart rate of the last minutes as a line, loaded only when somebody looks. Beside it the same in
// words, because a canvas says nothing to a screen reader.

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { heartRates } from "../state/live.js";
import { strapOf } from "../state/people.js";

export function HeartTrend({ code }) {
  const [shown, setShown] = useState(false);
  const holder = useRef(null);
  const values = heartRates.get(strapOf(code)) ?? [];
  useEffect(() => {
    if (!shown) return undefined;
    let plot = null;
    import("../demand/trend_plot.js").then(({ drawTrend }) => (plot = drawTrend(holder.current, values)));
    return () => plot?.destroy();
  }, [shown]);
  if (values.length === 0) return html`<p class="hint">${t("No heart rate was heard from her strap yet.")}</p>`;
  const bpm = values.map((value) => value.bpm);
  const minutes = Math.max(1, Math.round((values.at(-1).ms - values[0].ms) / 60_000));
  return html`<div class="trend">
    <button type="button" class="wide-key" aria-expanded=${shown} onClick=${() => setShown(!shown)}>${t("Heart rate of the last minutes")}</button>
    <p>${t("{min} to {max} bpm in {minutes} min, now {now}.", { min: Math.min(...bpm), max: Math.max(...bpm), minutes, now: bpm.at(-1) })}</p>
    ${shown && html`<div class="plot" ref=${holder} aria-hidden="true"></div>`}
  </div>`;
}
