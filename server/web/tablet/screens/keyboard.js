// The same with a keyboard: Esc closes what lies on top, arrows walk from tile to tile.

import { useEffect } from "preact/hooks";
import { closeSheet, drawer, sheet } from "../state/ui.js";

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export function Keyboard() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return null;
}

function onKey(event) {
  if (event.key === "Escape") return sheet.value === null ? void (drawer.value = null) : closeSheet();
  const tile = document.activeElement?.closest(".tiles button, .who-tiles button, .effort-grid button");
  const step = STEPS[event.key];
  if (!step || !tile) return undefined;
  event.preventDefault();
  findNext(tile, step)?.focus();
}

/** In reading order: the grid never moves by itself, so the way is always the same. */
function findNext(tile, [across, down]) {
  const tiles = [...tile.closest("ul").querySelectorAll("button")];
  const columns = tiles.filter((one) => topOf(one) === topOf(tiles[0])).length;
  const mirrored = document.dir === "rtl" ? -1 : 1;
  return tiles[tiles.indexOf(tile) + across * mirrored + down * columns];
}

const topOf = (node) => Math.round(node.getBoundingClientRect().top);
