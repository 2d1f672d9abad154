// A closed session can be opened again, with a PIN: the record says why, and that it was closed before.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { actor } from "../state/model.js";
import { BY_MISTAKE, reopenSession } from "../state/session_acts.js";
import { Pin } from "./who.js";

const WHYS = () => [["something was forgotten", t("Something was forgotten")], [BY_MISTAKE, t("It was closed by mistake")]];

export function Reopen({ shell }) {
  const [asked, setAsked] = useState(false);
  const [because, setBecause] = useState(null);
  if (!asked) return html`<button type="button" class="key wide" onClick=${() => setAsked(true)}>${t("Open it again")}</button>`;
  if (because !== null) return html`<${Pin} shell=${shell} name=${actor.value.name} onIn=${() => reopenSession(shell, because)} />`;
  return html`<div class="pair" role="group" aria-label=${t("Why is it opened again?")}>
    ${WHYS().map(([why, word]) => html`<button type="button" class="key" onClick=${() => setBecause(why)}>${word}</button>`)}
  </div>`;
}
