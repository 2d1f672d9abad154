// One woman and the scale in full height; a tap gives the rating and turns to the next one.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { nameOf, signCode } from "../state/people.js";
import { giveEffort } from "./effort_giving.js";
import { EffortScale } from "./effort_scale.js";
import { sayWhere } from "./effort_where.js";
import { SOURCES } from "./effort_words.js";
import { useMeant } from "./meant.js";
import { StopButton } from "./stop_button.js";

export function AssistantAsk({ code, asked, source, onGiven, onBack }) {
  const [settled, meant] = useMeant(code);
  const give = meant((given, word) => {
    giveEffort(code, asked.round, given, word);
    onGiven();
  });
  return html`<main class="assistant asking" aria-label=${asked.title}>
    <h1 class="asked"><span>${signCode(code)}${" "}<span class="name">${nameOf(code)}</span></span><small>${new Map(SOURCES()).get(source)}</small></h1>
    <p class="where">${sayWhere(code, asked.round)}</p>
    <${EffortScale} disabled=${false} settled=${settled} current=${asked.ratingOf(code)?.rating ?? null} onRating=${(rating) => give({ rating, source }, rating)} />
    <div class="bar">
      <button type="button" class="key" onClick=${onBack}>${t("All")}</button>
      <button type="button" class="key" onClick=${() => give({ rating: null, missing_reason: "refused", source: null }, t("rather not"))}>${t("She'd rather not")}</button>
      <${StopButton} />
    </div>
  </main>`;
}
