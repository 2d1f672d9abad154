// Who she is: sign, code and, where the study allows it, her first name. Signs are words, not shapes.
// When room is short the name gives way, never sign and code.

import { html } from "../html.js";
import { cardOf, nameOf } from "../state/people.js";

export const PersonHead = ({ code }) =>
  html`<b class="sign-code">${cardOf(code)?.sign ?? code}${" "}${code}</b><span class="first-name" data-may-give-way>${nameOf(code)}</span>`;
