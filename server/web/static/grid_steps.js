// Which cell of a grid a key goes to; null for any other key, and outside the grid.

/** @param {KeyboardEvent} event @param {HTMLElement[][]} rows @param {1|-1} forward */
export function findStep({ key, ctrlKey, altKey, metaKey, target }, rows, forward) {
  const y = rows.findIndex((row) => row.includes(target));
  if (altKey || metaKey || y < 0) return null;
  const x = rows[y].indexOf(target);
  const [lastX, lastY] = [rows[y].length - 1, rows.length - 1];
  const step = (dx, dy) => rows[clamp(y + dy, lastY)][clamp(x + dx, lastX)];
  const acts = {
    ArrowRight: () => step(forward, 0),
    ArrowLeft: () => step(-forward, 0),
    ArrowDown: () => step(0, 1),
    ArrowUp: () => step(0, -1),
    Home: () => rows[ctrlKey ? 0 : y][0],
    End: () => rows[ctrlKey ? lastY : y][lastX],
  };
  return Object.hasOwn(acts, key) ? acts[key]() : null;
}

function clamp(place, last) {
  return Math.min(Math.max(place, 0), last);
}
