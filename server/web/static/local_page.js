// Keeps a page's text in local digits and days, whoever writes it: what scripts hold and send stays as
// it is. Attributes and what is typed aren't touched. Loaded where a page isn't in English.

import { localiseText } from "./local_text.js";

export { formOf } from "./plural_forms.js";

const NEEDS = /[\d,;]/;
const LEFT_ALONE = "script, style, textarea, code, kbd, [contenteditable]";
const SAID = ["aria-label", "title", "alt"]; // attributes that people see or hear
const WATCHED = { childList: true, characterData: true, attributeFilter: SAID, subtree: true };

const RIGHT_TO_LEFT = ["fa"];

export function localisePage(language, root = document.body) {
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  localiseUnder(root);
  new MutationObserver((changes) => changes.forEach(follow)).observe(root, WATCHED);
}

function follow({ type, target, addedNodes, attributeName }) {
  if (type === "characterData") localiseNode(target);
  else if (type === "attributes") localiseAttribute(target, attributeName);
  else addedNodes.forEach(localiseUnder);
}

function localiseUnder(node) {
  if (node.nodeType === Node.TEXT_NODE) return localiseNode(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) localiseNode(walk.currentNode);
  for (const name of SAID) {
    if (node.hasAttribute(name)) localiseAttribute(node, name);
    node.querySelectorAll(`[${name}]`).forEach((one) => localiseAttribute(one, name));
  }
}

function localiseNode(node) {
  if (!NEEDS.test(node.data) || node.parentElement?.closest(LEFT_ALONE)) return;
  const local = localiseText(node.data);
  if (local !== node.data) node.data = local; // what is local already ends the chain
}

function localiseAttribute(node, name) {
  const said = node.getAttribute(name) ?? "";
  const local = NEEDS.test(said) ? localiseText(said) : said;
  if (local !== said) node.setAttribute(name, local);
}
