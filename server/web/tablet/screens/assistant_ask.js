// One woman and the scale in full height; a tap gives the rating and turns to the next one.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { nameOf, signCode } from "../state/people.js";
import { useGiving } from "./effort_giving.js";
import { EffortScale } from "./effort_scale.js";
import { sayWhere } from "./effort_where.js";
import { SOURCES } from "./effort_words.js";
import { StopButton } from "./stop_button.js";

export function AssistantAsk({ code, asked, source, onGiven, onBack }) {
  const { asked: where, settled, give } = useGiving(code, asked.round, onGiven);
  return html`<main class="assistant asking" aria-label=${asked.title}>
    <h1 class="asked"><span>${signCode(code)}${" "}<span class="name">${nameOf(code)}</span></span><small>${new Map(SOURCES()).get(source)}</small></h1>
    <p class="where">${sayWhere(code, asked.round, where)}</p>
    <${EffortScale} disabled=${false} settled=${settled} current=${asked.ratingOf(code)?.rating ?? null} onRating=${(rating) => give({ rating, source }, rating)} />
    <div class="bar">
      <button type="button" class="key" onClick=${onBack}>${t("All")}</button>
      <button type="button" class="key" onClick=${() => give({ rating: null, missing_reason: "refused", source: null }, t("rather not"))}>${t("She'd rather not")}</button>
      <${StopButton} />
    </div>
  </main>`;
}
