// Keeps a page's text in local digits and days, whoever writes it: what scripts hold and send stays as
// it is. Attributes and what is typed aren't touched. Loaded where a page isn't in English.

import { localiseText } from "./local_text.js";

export { formOf } from "./plural_forms.js";

const LEFT_ALONE = "script, style, textarea, code, [contenteditable]";
const WATCHED = { childList: true, characterData: true, subtree: true };

const RIGHT_TO_LEFT = ["fa"];

export function localisePage(language, root = document.body) {
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  localiseUnder(root);
  new MutationObserver((changes) => changes.forEach(follow)).observe(root, WATCHED);
}

function follow({ type, target, addedNodes }) {
  if (type === "characterData") localiseNode(target);
  else addedNodes.forEach(localiseUnder);
}

function localiseUnder(node) {
  if (node.nodeType === Node.TEXT_NODE) return localiseNode(node);
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) localiseNode(walk.currentNode);
}

function localiseNode(node) {
  if (!/[\d,;]/.test(node.data) || node.parentElement?.closest(LEFT_ALONE)) return;
  const local = localiseText(node.data);
  if (local !== node.data) node.data = local; // what is local already ends the chain
}
