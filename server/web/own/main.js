// Opens her store, uses the code of her card, and shows her own view.

import { effect } from "@preact/signals";
import { render } from "preact";
import { loadCatalogue, t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { App } from "./screens/app.js";
import { isOtherLanguage } from "./state/model.js";
import { start } from "./state/start.js";

const root = document.getElementById("app");

try {
  const [, chosen] = /doseline-language=(\w+)/.exec(document.cookie) ?? [];
  const language = chosen ?? (/^fa\b/.test(navigator.language) ? "fa" : "en");
  await loadCatalogue(language).catch(() => {}); // then it speaks English, and says so
  isOtherLanguage.value = document.documentElement.lang !== language;
  await start();
  root.replaceChildren();
  render(html`<${App} />`, root);
  effect(() => (document.documentElement.dataset.ready = "true"));
} catch (error) {
  root.textContent = t("This phone can't keep anything for this page ({why}). Nothing was lost. Close other tabs of this address and open it again.", { why: error.message });
}
