// The frame: what is on its way, one screen, and two places to go. Nothing moves by itself.

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { open, screen, status, view } from "../state/model.js";
import { leave } from "../state/start.js";
import { After } from "./after.js";
import { During } from "./during.js";
import { Effort } from "./effort.js";
import { NextDay } from "./next_day.js";
import { OnItsWay } from "./on_its_way.js";
import { Path } from "./path.js";
import { Readiness } from "./readiness.js";
import { SignedOut } from "./signed_out.js";
import { Today } from "./today.js";

const SCREENS = { today: Today, during: During, effort: Effort, after: After, next_day: NextDay, readiness: Readiness, path: Path };

const PLACES = new Set(["today", "path"]); // from any other screen the way is back

export function App() {
  if (status.value !== "ready") return html`<main class="page"><${SignedOut} /></main>`;
  const { me } = view.value;
  const isPlace = PLACES.has(screen.value);
  return html`<header class="top"><p><b>${me.sign}</b> <span>${me.code}</span></p>
      ${isPlace && view.value.handed_over && html`<button type="button" class="quiet" onClick=${leave}>${t("Give the tablet back")}</button>`}</header>
    <${OnItsWay} />
    <main class=${isPlace ? "page" : "page sheet"} key=${screen.value}><${Focused}><${SCREENS[screen.value]} /><//></main>
    ${isPlace && html`<nav class="places" aria-label=${t("Places")}>
      <${Place} name="today" words=${t("Today")} /><${Place} name="path" words=${t("My path")} />
    </nav>`}`;
}

const Place = ({ name, words }) => html`<button type="button" aria-current=${screen.value === name ? "page" : null} onClick=${() => open(name)}>${words}</button>`;

/** Whoever listens hears where she is: the heading of a new screen takes the focus. */
function Focused({ children }) {
  const holder = useRef(null);
  useLayoutEffect(() => {
    scrollTo(0, 0);
    holder.current.querySelector("h1")?.focus({ preventScroll: true });
  }, []);
  return html`<div ref=${holder}>${children}</div>`;
}
