// The troubles that can be had: each says what happens and what to look for; what is done in the room is said here.

import { t } from "/static/translate.js";
import { html } from "../../html.js";
import { signCode } from "../../state/people.js";
import { drawer } from "../../state/ui.js";
import { TROUBLES } from "../core/troubles.js";
import { knock } from "../state/knocking.js";
import { listGoing } from "../state/scoring.js";
import { beginTrouble, canBegin, endTrouble } from "../state/troubles.js";
import { sayTrouble, sayWhom } from "./trouble_words.js";

export function Menu({ onClose }) {
  const open = listGoing().toReversed();
  return html`<div class="sheet-head"><h2>${t("Troubles")}</h2>
      <button type="button" class="key close" aria-label=${t("Close")} onClick=${onClose}>${"✕"}</button></div>
    ${open.length > 0 && html`<ul class="practice-open" aria-label=${t("Going on")}>${open.map((trouble) => html`<li key=${trouble.nth}><${Going} trouble=${trouble} /></li>`)}</ul>`}
    ${drawer.value !== null && html`<button type="button" class="key wide" onClick=${() => knock(drawer.value.code)}>${t("{who} knocks three times on her sensor", { who: signCode(drawer.value.code) })}</button>`}
    <ul class="practice-troubles">${TROUBLES.map(({ name }) => html`<li key=${name}><button type="button" class="wide-key" disabled=${!canBegin(name)} onClick=${() => beginTrouble(name)}>
      ${sayTrouble(name).name}</button></li>`)}</ul>
    <p class="hint">${t("What can't be had now has a dashed edge: it needs somebody with a strap, a running circuit, or a rating.")}</p>`;
}

function Going({ trouble }) {
  const { name, happens, see, done } = sayTrouble(trouble.name, sayWhom(trouble));
  return html`<b>${name}</b><p>${happens}</p><p class="hint">${see}</p>
    ${done !== null && html`<button type="button" class="key wide" onClick=${() => endTrouble(trouble.nth)}>${done}</button>`}`;
}
