// Nobody is signed in on this phone, and why. Whether a code was ever real isn't said.

import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { reached, refusal } from "../state/model.js";

export function SignedOut() {
  return html`<h1 tabindex="-1">${t("Your own page")}</h1>
    <p role="status">${sayWhy()}</p>
    <p>${t("Your trainer gives you a code. Point this phone's camera at it. It works once, within ten minutes.")}</p>`;
}

function sayWhy() {
  const tried = refusal.value;
  if (tried?.status === 0) return t("There is no network, so your code wasn't used. Try it again when there is one.");
  if (tried?.status === 429) return t("Too many codes were tried here. Wait {seconds} s, then try again.", { seconds: tried.waitS });
  if (tried !== null) return t("This code can't be used. Ask your trainer for a new one.");
  return reached.value ? t("Nobody is signed in on this phone.") : t("There is no network, and nothing was loaded on this phone.");
}
