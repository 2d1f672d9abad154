// The grid of tiles. Elements are made once for each strap and then only their text changes.

import { sayAct, sayWord } from "./strap_words.js";
import { t } from "./translate.js";

const MODELS = {
  h10: "H10",
  verity: "Verity Sense",
  generic: t("Generic"),
  movesense: "Movesense",
};
const FULL_BAR_MG = 600; // running; a square root scale keeps sitting and walking apart
const PARTS = {
  top: ["who", "state"],
  middle: ["number", "unit"],
  movement: ["label", "bar", "amount"],
  bottom: ["about", "battery"],
};

export function createGrid(list) {
  const tiles = new Map();

  function show(views) {
    const current = new Set(views.map((view) => view.strap));
    for (const [strap, tile] of tiles) {
      if (!current.has(strap)) {
        tile.item.remove();
        tiles.delete(strap);
      }
    }
    views.forEach((view, place) => {
      if (!tiles.has(view.strap)) tiles.set(view.strap, createTile(view));
      const tile = tiles.get(view.strap);
      if (list.children[place] !== tile.item) {
        list.insertBefore(tile.item, list.children[place] ?? null);
      }
      showTile(tile, view);
    });
  }

  return { show };
}

function createTile(view) {
  const item = element("li", "tile");
  const tile = { item };
  for (const [row, names] of Object.entries(PARTS)) {
    const line = item.appendChild(element("div", row));
    for (const name of names) tile[name] = line.appendChild(element("span", name));
  }
  tile.label.textContent = t("Movement");
  tile.shape = tile.state.appendChild(element("span", "shape"));
  tile.word = tile.state.appendChild(element("span", "word"));
  tile.fill = tile.bar.appendChild(element("span", "fill"));
  tile.name = tile.who.appendChild(element("b", "name"));
  tile.serial = tile.who.appendChild(element("span", "serial"));
  tile.item.dataset.strap = view.strap;
  return tile;
}

function showTile(tile, view) {
  tile.item.dataset.state = view.state;
  tile.item.dataset.shown = view.shown;
  tile.shape.dataset.shape = view.state;
  setText(tile.name, view.label ?? view.strap.slice(-5));
  setText(tile.serial, view.label ? view.strap.slice(-5) : "");
  setText(tile.word, sayWord(view.word));
  setText(tile.number, view.number);
  const dash = view.shown === "none";
  setText(tile.unit, view.age || (dash ? sayAct(view.act) : t("bpm"))); // a dash leaves room for the act
  setText(tile.amount, view.activity === null ? "—" : `${Math.round(view.activity)} mg`);
  const share = Math.min(1, Math.sqrt((view.activity ?? 0) / FULL_BAR_MG));
  tile.fill.style.setProperty("transform", `scaleX(${share.toFixed(3)})`);
  const clock = view.clock ? t("Movement's times are unsure.") : "";
  const act = view.conflict ? t("Two straps claim to be this one. Look at hers.") : dash ? clock : sayAct(view.act) || clock;
  tile.about.dataset.act = act !== "";
  setText(tile.about, act || MODELS[view.model] || view.model || "");
  const battery = view.battery_pct === null ? "" : `${view.battery_pct} %`;
  setText(tile.battery, battery && (act ? battery : t("Battery {charge}", { charge: battery })));
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function element(tag, className) {
  const node = document.createElement(tag);
  node.className = className;
  return node;
}
