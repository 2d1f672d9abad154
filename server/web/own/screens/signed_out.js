// Nobody is signed in on this phone, and why.

import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { LanguageKey } from "/tablet/app/screens/language_key.js";
import { left, reached, refusal } from "../state/model.js";
import { OthersWait } from "./on_its_way.js";
import { sayRefusal } from "./refusal_words.js";

export function SignedOut() {
  return html`<div><h1 tabindex="-1">${t("Your own page")}</h1>
    <p role="status">${sayWhy()}</p>
    ${!isBeingSent() && html`<${OthersWait} />`}
    <p>${t("Your trainer gives you a code. Point this phone's camera at it. It works once, within ten minutes.")}</p>
    <${LanguageKey} /></div>`;
}

/** She has just given the tablet back, and there is no network for what she entered. */
const isBeingSent = () => left.value && !reached.value && refusal.value === null;

function sayWhy() {
  if (refusal.value !== null) return sayRefusal();
  if (isBeingSent()) return t("Your page is closed. What you entered is kept here and sent as soon as there is a network. Give the tablet to your trainer.");
  if (left.value) return t("Your page is closed. Give the tablet to your trainer.");
  return reached.value ? t("Nobody is signed in on this phone.") : t("There is no network, and nothing was loaded on this phone.");
}
