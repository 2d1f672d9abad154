// Whom to call, what she is allergic to, what she takes. Opens without a network; gone at close.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { cards } from "../state/model.js";
import { readSafety } from "../state/people.js";

export function EmergencyCard({ code }) {
  return html`<section class="emergency" aria-label=${t("Emergency card")}>
    <${Card} code=${code} />
    <${Phones} />
  </section>`;
}

function Card({ code }) {
  const card = cards.value[code];
  return card ? html`<${Known} card=${card} />` : html`<p>${t("No emergency card is on this tablet for {code}. Look at the paper folder.", { code })}</p>`;
}

function Known({ card }) {
  const rows = [[t("Call"), card.contact], [t("Allergies"), card.allergies], [t("Medicines"), card.drugs], [t("Notes"), card.notes]];
  return html`<dl>${rows.filter(([, said]) => said).map(([what, said]) => html`<div><dt>${what}</dt><dd>${said}</dd></div>`)}</dl>`;
}

/** For a trainer who calls the doctor about her: numbers first, then what a doctor asks. */
export function DoctorCard({ code }) {
  return html`<section class="emergency doctor" aria-label=${t("Call the doctor")}>
    <${WhomToCall} />
    <${Card} code=${code} />
  </section>`;
}

/** Where somebody is to be called now: without numbers, where to find one. */
export function WhomToCall() {
  if (listPhones().length > 0) return html`<${Phones} />`;
  return html`<p>${t("No phone numbers are stored on this tablet. Take the study doctor's number from the paper folder; in an emergency call the ambulance of your country. Whoever runs the server stores numbers for next time: doseline-server safety phones.")}</p>`;
}

const listPhones = () => readSafety().phones ?? [];

/** The study's numbers, in the order in which to call. */
function Phones() {
  return listPhones().map(({ name, number }) => html`<p class="phone">${name}: <b dir="ltr">${number}</b></p>`);
}
