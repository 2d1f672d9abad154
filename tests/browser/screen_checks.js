// What a person with tremor or poor sight would stumble over: read by test_tablet_access.

// Buttons smaller than 64 px; the truth line is 48 high and the scale's rows 44 (both as in ux).
window.findSmall = () => [...document.querySelectorAll("button")].flatMap((button) => {
  const { width, height } = button.getBoundingClientRect();
  if (!button.checkVisibility() || width === 0) return [];
  const needed = button.closest(".truth") ? 47 : button.closest(".scale") ? 44 : 64;
  return Math.min(width, height) < needed - 0.5
    ? [`${button.textContent.trim()}: ${Math.round(width)} x ${Math.round(height)}`] : [];
});

// Words that stick out of their button, and buttons that stick out of the screen.
window.findCutOff = () => [...document.querySelectorAll("button")]
  .filter((button) => button.checkVisibility())
  .flatMap((button) => [...findOutside(button), ...findTooLong(button)]
    .map((what) => `${button.textContent.trim().slice(0, 40)}: ${what}`));

function findOutside(button) {
  const box = button.getBoundingClientRect();
  const outside = box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
  const pushed = button.closest(".tiles") && document.querySelector(".drawer");
  return outside && !isInScroller(button.parentElement) && !pushed ? ["outside the screen"] : [];
}

function isInScroller(node) {
  if (node === null) return false;
  return /auto|scroll/.test(getComputedStyle(node).overflowY) || isInScroller(node.parentElement);
}

const RING = 3; // of a pressed key, inside its border

/** Where its words may be: inside its border, and inside the ring when it is pressed. */
function boxForWords(button) {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const edge = button.clientTop + (button.matches('[aria-pressed="true"]') ? RING : 0);
  return { left, right, top: top + edge, bottom: bottom - edge };
}

function findTooLong(button) {
  const box = boxForWords(button);
  const found = [];
  const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    if (node.textContent.trim() === "" || !node.parentElement.checkVisibility() || node.parentElement.closest(".visually-hidden")) continue;
    if (node.parentElement.closest("[data-may-give-way]")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const sideways = left < box.left - 1 || right > box.right + 1;
    if (sideways || top < box.top - 2 || bottom > box.bottom + 2) found.push(`"${node.textContent}"`);
  }
  return found;
}

// Words that end in "…" or are cut by their own box. Only what says that it may give way may be cut, and
// only while sign and code beside it are whole.
window.findClipped = () => [...document.querySelectorAll("body *")].filter((node) =>
  node.checkVisibility() && (isClipped(node) || sticksOut(node)) && !mayGiveWay(node)).map((node) => `${node.className}: ${nameOf(node)}`);

function isClipped(node) {
  const { overflowX, overflowY, textOverflow } = getComputedStyle(node);
  if (node.closest(".visually-hidden, .undo p") || node.textContent.trim() === "") return false;
  const wide = node.scrollWidth > node.clientWidth + 1;
  if (textOverflow === "ellipsis" && wide) return true;
  const holdsWords = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== "");
  return holdsWords && ((overflowX === "hidden" && wide) || (overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1));
}

/** A tick is a box, so its words alone don't say that its edge is cut. */
const sticksOut = (node) => node.matches(".tile .tick") &&
  node.getBoundingClientRect().bottom > node.closest(".tile").getBoundingClientRect().bottom - 1;

function mayGiveWay(node) {
  const code = node.parentElement.querySelector(".sign-code");
  return node.dataset.mayGiveWay !== undefined && code !== null && code.scrollWidth <= code.clientWidth + 1 &&
    code.getBoundingClientRect().right <= code.closest("button, header, main").getBoundingClientRect().right + 1;
}

// Keys that something lies over, if only over a corner. What a sheet or the drawer covers is meant to be
// covered.
window.findCovered = () => listTargets().flatMap((button) => listPoints(button).flatMap(([x, y]) => {
  const hit = document.elementFromPoint(x, y);
  if (hit === null || button.contains(hit) || hit.contains(button)) return [];
  if (hit.closest(".stop") && button.closest(".stop")) return []; // the same key, nearer
  if (isLayerOver(hit, button)) return [];
  return [`${button.textContent.trim().slice(0, 40)} lies under ${hit.closest("[class]")?.className}`];
}).slice(0, 1));

// Words of which a line has something over it, at an end or in its middle. What can be undone lies over
// a hint for some seconds, and STOP over its like.
window.findHiddenWords = () => [...document.querySelectorAll("body *")].flatMap((node) => {
  const over = listSeenLines(node).flatMap(({ left, right, top, bottom }) => [left + 2, (left + right) / 2, right - 2]
    .map((x) => document.elementFromPoint(x, (top + bottom) / 2)))
    .find((hit) => hit !== null && !node.contains(hit) && !hit.contains(node) && !isMeantOver(hit, node));
  return over === undefined ? [] : [`${nameOf(node)} lies under ${over.closest("[class]")?.className}`];
});

const isMeantOver = (hit, node) => hit.closest(".undo, .stop.floating") !== null || isLayerOver(hit, node);

const isLayerOver = (hit, node) => hit.closest(".layer") !== null && !hit.closest(".layer").contains(node);

/** Lines of a node's own words, where they can be seen. */
function listSeenLines(node) {
  const { visibility, pointerEvents } = getComputedStyle(node);
  if (!node.checkVisibility() || visibility === "hidden" || pointerEvents === "none" || node.closest("[inert], svg, .visually-hidden")) return [];
  const frame = frameOf(node);
  const isCut = getComputedStyle(node).overflowX !== "visible";
  const cut = isCut ? node.getBoundingClientRect() : { left: -Infinity, right: Infinity };
  return [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== "").flatMap((child) => {
    const words = document.createRange();
    words.selectNodeContents(child);
    return [...words.getClientRects()].map(({ left, right, top, bottom }) => ({ left: Math.max(left, cut.left), right: Math.min(right, cut.right), top, bottom }));
  }).filter(({ left, right, top, bottom }) => right - left > 4 && left >= frame.left - 1 && right <= frame.right + 1 && top >= frame.top && bottom <= frame.bottom);
}

function listPoints(node) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  const [dx, dy] = [Math.min(12, (right - left) / 4), Math.min(12, (bottom - top) / 4)];
  const frame = frameOf(node);
  return [[(left + right) / 2, (top + bottom) / 2], [left + dx, top + dy], [right - dx, top + dy], [left + dx, bottom - dy], [right - dx, bottom - dy]]
    .filter(([x, y]) => x > Math.max(0, frame.left) && x < Math.min(innerWidth, frame.right) && y > frame.top && y < frame.bottom);
}

/** Where it can be seen: its scroller without borders, or the screen. */
function frameOf(node) {
  const scroller = findScroller(node.parentElement);
  if (scroller === null) return { top: 0, bottom: innerHeight, left: 0, right: innerWidth };
  const box = scroller.getBoundingClientRect();
  const [left, top] = [box.left + scroller.clientLeft, box.top + scroller.clientTop];
  return { left, top, right: left + scroller.clientWidth, bottom: top + scroller.clientHeight };
}

/** What can be tapped now and is inside what can be seen of its scroller. */
function listTargets() {
  return [...document.querySelectorAll("button, input, textarea")].filter((node) => {
    const { width, top, bottom, left, right } = node.getBoundingClientRect();
    if (!node.checkVisibility({ visibilityProperty: true }) || width === 0 || node.closest("[inert]")) return false;
    const frame = frameOf(node);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return y > frame.top && y < frame.bottom && x > frame.left && x < frame.right && x > 0 && x < innerWidth;
  });
}

function findScroller(node) {
  if (node === null) return null;
  return /auto|scroll/.test(getComputedStyle(node).overflowY) ? node : findScroller(node.parentElement);
}

// Targets nearer to each other than 12 px. The scale is one ruler, and the truth line two halves of a
// line: both are drawn without gaps in ux.
window.findClose = () => {
  const apart = 12;
  const targets = listTargets().filter((node) => !node.closest(".truth, .scale") && isOnTop(node));
  targets.push(...[...document.querySelectorAll(".undo")].filter((bar) => bar.checkVisibility() && isOnTop(bar)));
  return targets.flatMap((one, place) => targets.slice(place + 1).flatMap((other) => {
    if (!isBeside(one, other)) return [];
    const gap = measureGap(cutOut(one), cutOut(other));
    return gap >= apart - 0.5 || one.contains(other) || other.contains(one) ? [] : [`${nameOf(one)} and ${nameOf(other)}: ${Math.round(gap)} px`];
  }));
};

/** What a sheet or the drawer covers isn't beside it; the keys that float over everything are. */
const isBeside = (one, other) => one.closest(".layer") === other.closest(".layer") ||
  [one, other].some((node) => node.closest(".undo, .stop.floating"));

const nameOf = (node) => (node.textContent.trim() || node.getAttribute("aria-label") || node.className).slice(0, 30);

const isOnTop = (node) => listPoints(node).some(([x, y]) => node.contains(document.elementFromPoint(x, y)));

/** What is seen of it inside its scroller. */
function cutOut(node) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  const frame = frameOf(node);
  return { left: Math.max(left, frame.left), right: Math.min(right, frame.right), top: Math.max(top, frame.top), bottom: Math.min(bottom, frame.bottom) };
}

const measureGap = (one, other) => Math.hypot(
  Math.max(0, other.left - one.right, one.left - other.right), Math.max(0, other.top - one.bottom, one.top - other.bottom));

// Keys for numbers smaller than 88 x 72; on a tablet narrower than the reference eleven in a row are
// as wide as they can be.
window.findSmallNumbers = () => [...document.querySelectorAll(".pad .key, .amounts .key, .eleven .key")].flatMap((key) => {
  const { width, height } = key.getBoundingClientRect();
  // A strap's number on a low screen: all keys are seen without scrolling, as large in area (tablet/README.md).
  const isLow = innerHeight < 810 && key.closest(".strap-panel") !== null;
  const wide = key.closest(".eleven") && innerWidth < 1180 ? 64 : isLow ? 104 : 88;
  return key.checkVisibility() && width > 0 && (width < wide - 0.5 || height < (isLow ? 63.5 : 71.5)) ? [`${nameOf(key)}: ${Math.round(width)} x ${Math.round(height)}`] : [];
});

// Words smaller than a label's 16 px.
window.findTiny = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walker.nextNode()) {
    const { parentElement: holder, textContent } = walker.currentNode;
    if (textContent.trim() === "" || !holder.checkVisibility() || holder.closest(".visually-hidden, script, style, .plot")) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (size < 16) found.add(`"${textContent.trim().slice(0, 30)}": ${size} px`);
  }
  return [...found];
};
