// The coverage map: one stop for the Tab key, and arrow keys go from cell to cell.

import { findStep } from "./grid_steps.js";

const table = document.getElementById("matrix");
const rows = table === null ? [] : [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("a.cell")]);
if (rows.flat().length > 0) start();

function start() {
  const forward = getComputedStyle(table).direction === "rtl" ? -1 : 1;
  let stop = rows[0][0];
  table.setAttribute("role", "grid");
  for (const cell of rows.flat()) {
    cell.tabIndex = cell === stop ? 0 : -1;
    cell.addEventListener("focus", () => { stop.tabIndex = -1; stop = cell; stop.tabIndex = 0; });
  }
  table.addEventListener("keydown", (event) => {
    const target = findStep(event, rows, forward);
    if (target === null) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
