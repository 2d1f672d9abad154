// Whom to call, what she is allergic to, what she takes. Opens without a network; gone at close.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { cards } from "../state/model.js";
import { readSafety } from "../state/people.js";

export function EmergencyCard({ code }) {
  const card = cards.value[code];
  return html`<section class="emergency" aria-label=${t("Emergency card")}>
    ${card ? html`<${Known} card=${card} />` : html`<p>${t("No emergency card is on this tablet for {code}. Look at the paper folder.", { code })}</p>`}
    <${Phones} />
  </section>`;
}

function Known({ card }) {
  const rows = [[t("Call"), card.contact], [t("Allergies"), card.allergies], [t("Medicines"), card.drugs], [t("Notes"), card.notes]];
  return html`<dl>${rows.filter(([, said]) => said).map(([what, said]) => html`<div><dt>${what}</dt><dd>${said}</dd></div>`)}</dl>`;
}

/** The study's numbers, in the order in which to call. */
export function Phones() {
  return (readSafety().phones ?? []).map(({ name, number }) => html`<p class="phone">${name}: <b dir="ltr">${number}</b></p>`);
}
