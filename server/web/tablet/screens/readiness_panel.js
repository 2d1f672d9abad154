// Her answers, and what they ask of the trainer: the same while people arrive and for somebody late.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { personOf } from "../state/people.js";
import { openSheet } from "../state/ui.js";
import { DecisionPanel, isRed } from "./decision_panel.js";

export function ReadinessPanel({ code }) {
  const { readiness, decision } = personOf(code);
  return html`<button type="button" class="wide-key" onClick=${() => openSheet("readiness", { code })}>
      ${readiness === null ? t("Hand over: how are you today?") : t("Answered. Ask again")}</button>
    <a class="wide-key as-link" href=${`/cards?code=${code}`} target="_blank" rel="noopener">${t("Her own page: a code for her phone, or hand over")}</a>
    ${(isRed(readiness) || decision !== null) && html`<${DecisionPanel} code=${code} />`}`;
}
