// Shapes of a drawing, made one by one; and times as a reader of a clock says them.

const SPACE = "http://www.w3.org/2000/svg";

/** A shape with attributes and children. */
export function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** A rectangle from one x to another; `words` come up in the reading line. */
export function bar(from, until, y, height, name, words = "") {
  const node = shape("rect", { x: from, y, width: Math.max(until - from, 1.5), height, class: name });
  if (words) node.dataset.words = words;
  return node;
}

/** An element of the page. */
export function make(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** 17:04:09 of UTC. @param {number} ms */
export function tellClock(ms) {
  return new Date(ms).toISOString().slice(11, 19);
}

/** How wide a text of 12 px is, about: enough to decide whether it fits. */
export function guessWidth(text) {
  return text.length * 6.8 + 6;
}
