// The heading of a screen, the way back, and a key that reads a card aloud.

import { useRef } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { open } from "../state/model.js";

export const Head = ({ words, back = true }) => html`<div class="head">${back && html`<button type="button" class="quiet" onClick=${() => open("today")}>${t("Back")}</button>`}
  <h1 tabindex="-1">${words}</h1></div>`;

/** A card; where the phone has a voice it can be read aloud. */
export function Card({ name, title, children }) {
  const holder = useRef(null);
  const canSpeak = "speechSynthesis" in globalThis;
  const read = () => {
    speechSynthesis.cancel();
    const voice = new SpeechSynthesisUtterance(holder.current.innerText);
    voice.lang = document.documentElement.lang;
    speechSynthesis.speak(voice);
  };
  return html`<section class="card" data-card=${name} aria-label=${title}>
    <div ref=${holder}><h2>${title}</h2>${children}</div>
    ${canSpeak && html`<button type="button" class="quiet aloud" onClick=${read}>${t("Read aloud")}<span class="visually-hidden">: ${title}</span></button>`}
  </section>`;
}
