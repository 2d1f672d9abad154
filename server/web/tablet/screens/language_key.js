// The other language, in its own name: kept on this tablet, and the app opens again in it. Nothing is
// lost by that: what was entered is stored, and the session goes on.

import { html } from "../html.js";

const NAMES = { en: "English", fa: "فارسی" };
const YEAR_S = 365 * 24 * 3600;

export function LanguageKey() {
  const others = Object.keys(NAMES).filter((one) => one !== document.documentElement.lang);
  return others.map((one) => html`<button type="button" class="key wide" lang=${one} onClick=${() => choose(one)}>${NAMES[one]}</button>`);
}

function choose(language) {
  document.cookie = `doseline-language=${language}; path=/; max-age=${YEAR_S}; samesite=lax; secure`;
  location.reload();
}
