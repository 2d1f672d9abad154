// Five by three people in floor order, which never moves by itself, and the drawer of the one tapped.
// The drawer covers tiles on the thumb's side; when hers is among them the grid makes way.

import { html } from "../html.js";
import { drawer } from "../state/ui.js";

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
    ${place !== -1 && html`<${Drawer} key=${open.code} code=${open.code} codes=${codes} />`}
  </div>`;
}
