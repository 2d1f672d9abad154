// The line picture of a movement. Its name always stands beside it, so it has no words of its own;
// where a study's plan has a movement that nobody has drawn, the name stands alone.

import { html } from "../html.js";
import { DRAWN } from "../pictures/drawn.js";

const PLACE = new URL("../pictures/", import.meta.url).pathname;

export function Picture({ movement }) {
  if (!DRAWN.has(movement)) return null;
  return html`<img class="picture" src="${PLACE}${movement}.svg" alt="" />`;
}

/** What a warm-up or a cool-down is made of: [picture, words] of each, in order. */
export function Movements({ list }) {
  return html`<ol class="movements">${list.map(([movement, words]) => html`<li key=${movement}>
    <${Picture} movement=${movement} /><span>${words}</span>
  </li>`)}</ol>`;
}
