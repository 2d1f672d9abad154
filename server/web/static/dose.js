// The dose matrix: arrow keys go from cell to cell, and the cell's card comes beside it.

import { clearCard, createCardReader, drawCard } from "./dose_card.js";
import { findStep } from "./grid_steps.js";
import { loadCatalogue } from "./translate.js";

const HOVER_MS = 90; // a pointer that only crosses a cell asks for nothing

const table = document.getElementById("matrix");
if (table !== null) {
  await loadCatalogue(document.documentElement.lang);
  start();
}

function start() {
  const card = document.getElementById("card");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("a.cell")]);
  const cells = rows.flat();
  if (cells.length === 0) return;
  const readCard = createCardReader(table.dataset.metric);
  const forward = getComputedStyle(table).direction === "rtl" ? -1 : 1;
  let stop = cells.find((cell) => "chosen" in cell.dataset) ?? cells[0];
  let shown = "chosen" in stop.dataset ? stop : null;
  let isKept = shown !== null;
  let waiting = 0;

  table.setAttribute("role", "grid");
  for (const cell of cells) {
    cell.tabIndex = cell === stop ? 0 : -1;
    cell.removeAttribute("title"); // the card says it
    cell.addEventListener("focus", () => { stayAt(cell); show(cell); });
    cell.addEventListener("pointerenter", () => { waiting = setTimeout(() => isKept || show(cell), HOVER_MS); });
    cell.addEventListener("pointerleave", () => clearTimeout(waiting));
    cell.addEventListener("click", (event) => { event.preventDefault(); keep(cell); });
  }
  table.addEventListener("keydown", move);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
  document.getElementById("card-close").addEventListener("click", (event) => { event.preventDefault(); leave(); });

  function move(event) {
    const target = findStep(event, rows, forward);
    if (target === null) return;
    event.preventDefault();
    isKept = false;
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function stayAt(cell) {
    stop.tabIndex = -1;
    stop = cell;
    stop.tabIndex = 0;
  }

  function mark(cell) {
    shown?.removeAttribute("data-chosen");
    shown = cell;
    shown?.setAttribute("data-chosen", "");
  }

  async function show(cell) {
    mark(cell);
    const content = await readCard(cell);
    if (shown === cell) drawCard(content);
  }

  function keep(cell) {
    stayAt(cell);
    isKept = true;
    history.replaceState(null, "", cell.href.replace(/#card$/, ""));
    show(cell).then(() => { if (shown === cell) card.focus({ preventScroll: false }); });
  }

  function leave() {
    clearTimeout(waiting);
    const wasInside = card.contains(document.activeElement);
    isKept = false;
    history.replaceState(null, "", `?metric=${table.dataset.metric}`);
    if (wasInside) stop.focus();
    mark(null);
    clearCard();
  }
}
