// Who she is: sign, code and, where the study allows it, her first name. Signs are words, not shapes.
// When room is short the name gives way, never sign and code.

import { html } from "../html.js";
import { cardOf, nameOf } from "../state/people.js";

export function PersonHead({ code }) {
  const name = nameOf(code);
  return html`<span class="who-is"><b>${cardOf(code)?.sign ?? code}${" "}${code}</b>${name && html`<span class="first-name">${name}</span>`}</span>`;
}
