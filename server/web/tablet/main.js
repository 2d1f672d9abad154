// Opens the tablet's store, starts what runs beside the screens, and shows the app.

import { effect } from "@preact/signals";
import { render } from "preact";
import { loadCatalogue, t } from "/static/translate.js";
import { html } from "./html.js";
import { App } from "./screens/app.js";
import { startShell } from "./state/start.js";

const root = document.getElementById("app");

try {
  // A practice that nobody left comes back as one, and nothing of an evening starts.
  if (localStorage.practice) await new Promise(() => location.replace("practice/"));
  const [, language = "en"] = /doseline-language=(\w+)/.exec(document.cookie) ?? [];
  await loadCatalogue(language).catch(() => {}); // then it speaks English
  const shell = await startShell();
  root.replaceChildren();
  render(html`<${App} shell=${shell} />`, root);
  effect(() => (document.documentElement.dataset.ready = "true"));
} catch (error) {
  root.textContent = t("This tablet can't open its own store ({why}). Nothing was lost. Close other tabs of this address and open it again.", { why: error.message });
}
