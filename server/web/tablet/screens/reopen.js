// A closed session can be opened again: the record says why, and that it was closed before.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { reopenSession } from "../state/session_acts.js";

const WHYS = () => [["something was forgotten", t("Something was forgotten")], ["closed by mistake", t("It was closed by mistake")]];

export function Reopen({ shell }) {
  const [asked, setAsked] = useState(false);
  if (!asked) return html`<button type="button" class="key wide" onClick=${() => setAsked(true)}>${t("Open it again")}</button>`;
  return html`<div class="pair" role="group" aria-label=${t("Why is it opened again?")}>
    ${WHYS().map(([why, word]) => html`<button type="button" class="key" onClick=${() => reopenSession(shell, why)}>${word}</button>`)}
  </div>`;
}
