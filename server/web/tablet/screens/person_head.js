// Who she is: sign, code and, where the study allows it, her first name. Signs are words, not shapes.

import { html } from "../html.js";
import { cardOf, nameOf } from "../state/people.js";

export function PersonHead({ code }) {
  const name = nameOf(code);
  return html`<b class="who-is">${cardOf(code)?.sign ?? code}${" "}${code}${name && html`<span class="first-name">${" "}${name}</span>`}</b>`;
}
