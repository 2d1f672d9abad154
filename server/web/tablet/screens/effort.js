// T8: how hard was it. One tap a woman on the scale, then the next one. The week's band isn't shown here:
// it would lead her. What isn't asked stays missing, with its reason.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { enter } from "../state/entering.js";
import { draftNotAsked } from "../state/effort_acts.js";
import { turnTo } from "../core/sweep.js";
import { clock } from "../state/model.js";
import { nameOf, personOf, signCode } from "../state/people.js";
import { closeSheet } from "../state/ui.js";
import { useGiving } from "./effort_giving.js";
import { EffortScale } from "./effort_scale.js";
import { SOURCES } from "./effort_words.js";
import { EffortParts, sayLeft, useParts } from "./effort_parts.js";
import { sayWhere } from "./effort_where.js";
import { useMeant } from "./meant.js";

/** @param {{round: number|null}} about null asks for the whole session */
export function EffortSheet({ shell, round }) {
  const ratingOf = (who) => (round === null ? personOf(who).session_rpe : personOf(who).rpe[round]);
  const eventOf = (who) => ratingOf(who)?.event ?? null;
  const parts = useParts(shell.database, ratingOf);
  const [chosen, setChosen] = useState(null);
  const [source, setSource] = useState("said");
  const [turned, setTurned] = useState(false);
  const code = turnTo(chosen, parts.unasked, eventOf);
  const { asked, settled, give } = useGiving(code, round, () => setChosen(null));
  const title = round === null ? t("Effort of the whole session") : t("Effort, round {n}", { n: round });
  return html`<section class="effort sheet-full" aria-label=${title} data-turned=${turned}>
    <div class="effort-people">
      <header><h1>${title}</h1><p role="status">${sayLeft(parts)}</p></header>
      <${EffortParts} parts=${parts} current=${code} hidden=${turned} onPick=${(who) => setChosen({ code: who, event: eventOf(who) })} ratingOf=${ratingOf} />
      <div class="chips" role="group" aria-label=${t("Who gave it")}>
        ${SOURCES().map(([name, word]) => html`<button type="button" class="chip" aria-pressed=${source === name} onClick=${() => setSource(name)}>${word}</button>`)}
      </div>
      <${Leave} round=${round} parts=${parts} code=${code} onRefused=${() => give({ rating: null, missing_reason: "refused", source: null }, t("rather not"))}>
        <button type="button" class="key" aria-pressed=${turned} onClick=${() => setTurned(!turned)}>${t("Turn to her")}</button>
      <//>
    </div>
    <div class="effort-scale-side">
      <p class="asked">${code === null ? t("All done") : html`<b>${signCode(code)}</b>${" "}${nameOf(code)}<${Where} said=${sayWhere(code, round, asked)} />`}</p>
      <${EffortScale} disabled=${code === null} settled=${settled} current=${code === null ? null : ratingOf(code)?.rating ?? null} onRating=${(rating) => give({ rating, source }, rating)} />
    </div>
  </section>`;
}

const Where = ({ said }) => said && html`${" · "}<small>${said}</small>`;

function Leave({ round, parts: { unasked, left }, code, onRefused, children }) {
  const isLast = round !== null && clock.value.state === "done";
  const [settled, meant] = useMeant(round); // the sweep opens by itself
  const leave = async () => {
    if (isLast) await enter(() => draftNotAsked(unasked, round), t("{n} not asked", { n: unasked.length }));
    closeSheet();
  };
  return html`<div class="pair">
    <button type="button" class="key" disabled=${code === null} onClick=${onRefused}>${t("She'd rather not")}</button>
    ${children}
    <button type="button" class="done" aria-disabled=${!settled} onClick=${meant(leave)}>
      ${sayDone(unasked.length, left, isLast)}</button>
  </div>`;
}

/** After the last work nobody else may ask any more: then what is with others is said, too. */
function sayDone(n, left, isLast) {
  if (n > 0) return isLast ? t("Done: {n} not asked", { n }) : t("Later: {n} not asked", { n });
  return isLast && left > 0 ? t("Done: {n} still with others", { n: left }) : t("Done");
}
