// Five by three people in floor order, which never moves by itself, and the drawer of the one tapped.
// The drawer covers tiles on the thumb's side; when hers is among them the grid makes way.

import { html } from "../html.js";
import { drawer } from "../state/ui.js";
import { Layer } from "./layer.js";

const COLUMNS = 5;

export function TileGrid({ codes, Tile, Drawer }) {
  const open = drawer.value;
  const place = codes.indexOf(open?.code);
  const column = place % COLUMNS;
  return html`<div class="grid-area" data-covered=${open !== null && column >= 3 ? "end" : open !== null ? "start" : "none"}>
    <ul class="tiles">
      ${codes.map((code) => html`<li key=${code}>
        <${Tile} code=${code} isOpen=${open?.code === code} />
      </li>`)}
    </ul>
    ${place !== -1 && html`<${Layer} key=${open.code} home=${() => document.querySelector(`.tile[data-code="${open.code}"]`)}>
      <${Drawer} code=${open.code} codes=${codes} />
    <//>`}
  </div>`;
}
