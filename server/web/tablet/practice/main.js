// Opens a practice: the real app over a store, a server, straps and a clock of its own. The page's import
// map has put those in the place of the evening's.

import { effect } from "@preact/signals";
import { render } from "preact";
import { formOf } from "/static/plural_forms.js";
import { t, useCatalogue } from "/static/translate.js";
import { html } from "../html.js";
import { App } from "../screens/app.js";
import { openDatabase, readKept } from "../shell/database.js";
import { startShell } from "../state/start.js";
import { Frame, Nothing } from "./screens/frame.js";
import { useServer } from "./shell/api.js";
import { useStraps } from "./shell/connection.js";
import { fitIntoFrame } from "./shell/fitting.js";
import { readTime, watchTime } from "./state/passing.js";
import { askServer, startServer } from "./state/server.js";
import { readFrame } from "./state/straps.js";
import { findOpen, readTroubles } from "./state/troubles.js";
import { openWorld } from "./state/world.js";

const root = document.getElementById("app");

try {
  const database = await openDatabase();
  const handed = await readKept(database, "handed");
  root.replaceChildren();
  if (handed) await open(database, handed);
  else render(html`<${Nothing} />`, root);
} catch (error) {
  localStorage.removeItem("practice"); // the evening opens again: nothing of a practice may stand in its way
  root.textContent = t("PRACTICE can't open its own store ({why}). The evening's store is untouched.", { why: error.message });
}

async function open(database, handed) {
  [document.documentElement.lang, document.documentElement.dir] = [handed.language, handed.direction];
  if (handed.catalogue !== null) {
    useCatalogue(handed.catalogue, formOf);
    (await import("/static/local_page.js")).localisePage(handed.language); // digits and days, too
  }
  document.title = t("PRACTICE · doseline");
  openWorld(database, handed);
  await readTroubles(database);
  await readTime(database);
  await startServer(handed, () => findOpen("server_away") !== null);
  useServer(askServer);
  useStraps(readFrame);
  const shell = await startShell();
  watchTime(database);
  fitIntoFrame();
  render(html`<${Frame}><${App} shell=${shell} /><//>`, root);
  effect(() => (document.documentElement.dataset.ready = "true"));
}
