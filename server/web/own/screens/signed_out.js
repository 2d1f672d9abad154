// Nobody is signed in on this phone, and why. Whether a code was ever real isn't said.

import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { left, reached, refusal } from "../state/model.js";

export function SignedOut() {
  return html`<div><h1 tabindex="-1">${t("Your own page")}</h1>
    <p role="status">${sayWhy()}</p>
    <p>${t("Your trainer gives you a code. Point this phone's camera at it. It works once, within ten minutes.")}</p></div>`;
}

/** Why a code opened nothing; nothing where none was tried. */
export function sayRefusal() {
  const tried = refusal.value;
  if (tried === null) return "";
  if (tried.status === 0) return t("There is no network. Scan your code again when there is one; if it doesn't work then, ask for a new one.");
  if (tried.status === 429) return t("Too many codes were tried here. Wait {seconds} s, then try again.", { seconds: tried.waitS });
  return t("This code can't be used. Ask your trainer for a new one.");
}

function sayWhy() {
  if (left.value) return reached.value ? t("Your page is closed. Give the tablet to your trainer.") : t("Your page is closed. What you entered is kept here and sent as soon as there is a network. Give the tablet to your trainer.");
  if (refusal.value !== null) return sayRefusal();
  return reached.value ? t("Nobody is signed in on this phone.") : t("There is no network, and nothing was loaded on this phone.");
}
