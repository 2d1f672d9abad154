// The live page: frames come in once a second; four times a second everything grows older.

import { ageTile } from "./ageing.js";
import { openConnection } from "./connection.js";
import { createGapList } from "./gaps.js";
import { createGrid } from "./tiles.js";
import { loadCatalogue, t } from "./translate.js";
import {
  describeAttention,
  describeConnection,
  describeCount,
  describeEmpty,
  describeFacts,
  isCurrent,
} from "./words.js";

const REDRAW_EVERY_MS = 250;
const ANNOUNCE_AT_MOST_EVERY_MS = 10_000;

const byId = (id) => document.getElementById(id);
const grid = createGrid(byId("tiles"));
const gapList = createGapList(byId("gaps"), byId("gaps-count"), byId("gap-rows"));
await loadCatalogue(document.documentElement.lang);
const connection = openConnection(document.body.dataset.stream, draw);
let announcedMs = -Infinity;

byId("retry").addEventListener("click", () => connection.retry());
setInterval(() => {
  connection.check();
  draw();
}, REDRAW_EVERY_MS);

function draw() {
  const { phase, frame, elapsedS, sinceWall } = connection.read();
  drawConnection(phase, elapsedS, sinceWall);
  if (frame === null) return;
  const views = frame.tiles.map((tile) => ageTile(tile, elapsedS));
  grid.show(views);
  gapList.show(frame.gaps);
  const current = isCurrent({ phase, elapsedS });
  drawFacts(current ? describeFacts(frame, views, elapsedS) : []);
  setText(byId("count"), current ? describeCount(views) : t("No news"));
  setText(byId("attention"), current ? describeAttention(views) : t("The last numbers heard go after 10 s."));
  byId("simulated").hidden = !views.some((view) => view.simulated);
  byId("empty").hidden = views.length > 0;
  if (views.length === 0) setText(byId("empty"), describeEmpty(frame));
  announce(phase, views);
}

function drawConnection(phase, elapsedS, sinceWall) {
  const { lamp, text } = describeConnection({ phase, elapsedS, sinceWall });
  const line = byId("connection");
  line.dataset.phase = phase;
  setText(line.querySelector(".lamp"), lamp);
  setText(line.querySelector("b"), text);
  byId("retry").hidden = phase !== "lost";
  byId("again").hidden = phase !== "signed_out";
  byId("person").hidden = phase === "signed_out";
}

function drawFacts(facts) {
  const list = byId("facts");
  while (list.children.length > facts.length) list.lastChild.remove();
  facts.forEach((fact, place) => {
    setText(list.children[place] ?? list.appendChild(document.createElement("li")), fact);
  });
}

// Read aloud by screen readers: only what changed, and not more often than a person can follow.
function announce(phase, views) {
  const odd = views.filter((view) => view.conflict || ["no_contact", "lost"].includes(view.state));
  const known = (view) => (view.state === "lost" ? t("Lost") : t("No contact?")); // no seconds: they change
  const word = (view) => (view.conflict ? t("Two straps?") : known(view));
  const names = odd.map((view) => `${view.label ?? view.strap} ${word(view)}`);
  const trouble = { lost: t("No connection to the server."), signed_out: t("You are signed out.") };
  const text = trouble[phase] ?? names.join(", ");
  const now = performance.now();
  if (now - announcedMs < ANNOUNCE_AT_MOST_EVERY_MS || byId("announcement").textContent === text) {
    return;
  }
  announcedMs = now;
  setText(byId("announcement"), text);
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
