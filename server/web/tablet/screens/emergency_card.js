// Whom to call, what she is allergic to, what she takes. Opens without a network; gone at close.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { cards } from "../state/model.js";

export function EmergencyCard({ code }) {
  const card = cards.value[code];
  if (!card) return html`<p class="emergency">${t("No emergency card is on this tablet for {code}. Look at the paper folder.", { code })}</p>`;
  const rows = [[t("Call"), card.contact], [t("Allergies"), card.allergies], [t("Medicines"), card.drugs], [t("Notes"), card.notes]];
  return html`<dl class="emergency">${rows.filter(([, said]) => said).map(([what, said]) => html`<div><dt>${what}</dt><dd>${said}</dd></div>`)}</dl>`;
}
