// Whom I ask, and whom another one asks with what has come from there. Asking hers, too, is for a tap.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { shareFloor } from "../core/sweep.js";
import { html } from "../html.js";
import { keep, readKept } from "../shell/database.js";
import { actor, participants, sessionId, state } from "../state/model.js";
import { canBeAsked } from "../state/people.js";
import { EffortPeople } from "./effort_people.js";

/**
 * @param {any} database @param {(code: string) => object|null} ratingOf what she was asked already
 * @returns {{own: string[], others: object[], asksAll: boolean, setAsksAll: (on: boolean) => void,
 *   unasked: string[], left: number}} `unasked`: by me; `left`: by the others
 */
export function useParts(database, ratingOf) {
  const [asksAll, setAsksAll] = useAsksAll(database);
  const { own, others } = shareFloor(participants.value.map(({ code }) => code), state.value.staff, actor.value);
  const isOpen = (code) => canBeAsked(code) && !ratingOf(code);
  const theirs = others.flatMap(({ codes }) => codes).filter(isOpen);
  const mine = own.filter(isOpen);
  return { own, others, asksAll, setAsksAll, unasked: asksAll ? [...mine, ...theirs] : mine, left: asksAll ? 0 : theirs.length };
}

/** Stays over a reload, and ends with the session. */
function useAsksAll(database) {
  const [asked, setAsked] = useState(null);
  useEffect(() => {
    readKept(database, "asks-all").then((session) => setAsked(session ?? null));
  }, []);
  return [asked !== null && asked === sessionId.value, async (on) => {
    const session = on ? sessionId.value : null;
    await keep(database, "asks-all", session);
    setAsked(session);
  }];
}

export function sayLeft({ unasked, left }) {
  const theirs = left > 0 ? ` · ${t("{n} still with others", { n: left })}` : "";
  if (unasked.length > 0) return t("{n} still to ask", { n: unasked.length }) + theirs;
  return left > 0 ? t("Your part is asked ✓") + theirs : t("Everybody is asked ✓");
}

/** @param {{foot?: unknown}} props what stands under all of them */
export function EffortParts({ parts, ratingOf, foot = null, ...people }) {
  const { own, others, asksAll, setAsksAll } = parts;
  const list = (codes) => html`<${EffortPeople} codes=${codes} ratingOf=${ratingOf} ...${people} />`;
  if (others.length === 0) return html`${list(own)}${foot}`;
  return html`<div class="effort-parts"><h2 class="visually-hidden">${t("You ask")}</h2>${list(own)}
    ${others.map(({ name, codes }, place) => html`<div class="part-head"><h2>${sayPart(name, codes, ratingOf)}</h2>
      ${place === 0 && html`<button type="button" class="key" aria-pressed=${asksAll} onClick=${() => setAsksAll(!asksAll)}>${t("I ask them, too")}</button>`}</div>
      ${list(codes)}`)}
    ${foot}
  </div>`;
}

function sayPart(name, codes, ratingOf) {
  const n = codes.filter(ratingOf).length;
  const all = codes.filter((code) => canBeAsked(code) || ratingOf(code)).length;
  return name === null ? t("The trainer asks: {n} of {all} answered", { n, all }) : t("{name} asks: {n} of {all} answered", { name, n, all });
}
