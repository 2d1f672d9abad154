// The card of a cell: what the server says of it, drawn as the server itself draws it.

import { t } from "./translate.js";

const byId = (id) => document.getElementById(id);

/** @param {{title: string, lead: string, lines: object[], parts: object[], review?: string}} card */
export function drawCard({ title, lead, lines, parts, review = "" }) {
  byId("card-title").textContent = title;
  byId("card-lead").textContent = lead;
  byId("card-lines").replaceChildren(...lines.map(drawLine));
  byId("card-part-rows").replaceChildren(...parts.map(drawPart));
  byId("card-parts").hidden = parts.length === 0;
  byId("card-close").hidden = false;
  const link = byId("card-review");
  link.hidden = review === "";
  link.href = review;
}

/** As the page is before a cell was chosen. */
export function clearCard() {
  drawCard({ title: t("No cell chosen"), lead: t("Point at a cell, or go to it with the arrow keys. Enter keeps its card open, Escape closes it."), lines: [], parts: [] });
  byId("card-close").hidden = true;
}

/** Its card from the server, once; what the cell itself says where there is nothing more. */
export function createCardReader(metric) {
  const known = new Map();
  return (cell) => {
    const { session, participant } = cell.dataset;
    const key = `${session} ${participant}`;
    if (!known.has(key)) known.set(key, read(cell).catch(() => null));
    return known.get(key).then((answer) => {
      if (answer === null) known.delete(key); // asked again the next time
      return answer === null ? describe(cell, t("The server didn't answer. Point at the cell again.")) : answer[metric];
    });
  };

  async function read(cell) {
    const { session, participant } = cell.dataset;
    if (!("known" in cell.dataset)) return { [metric]: describe(cell, "") };
    const answer = await fetch(`/api/v1/sessions/${session}/dose/${participant}`);
    return answer.ok ? (await answer.json()).cards : null;
  }
}

function describe(cell, trouble) {
  return { title: cell.dataset.participant, lead: [cell.querySelector(".visually-hidden").textContent, trouble].filter(Boolean).join(" "), lines: [], parts: [] };
}

function drawLine({ label, text, kind }) {
  const line = wrap("div", make("dt", label), make("dd", text));
  if (kind) line.className = kind;
  return line;
}

function drawPart({ label, planned, delivered, ratio }) {
  const head = make("th", label);
  head.scope = "row";
  return wrap("tr", head, make("td", planned), make("td", delivered), make("td", ratio));
}

function make(name, text) {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}

function wrap(name, ...children) {
  const node = document.createElement(name);
  node.append(...children);
  return node;
}
