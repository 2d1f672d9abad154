// T11, *Show QR to the other tablet*: what waits here, as codes that come one after the other.

import { useEffect, useRef, useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { MOST_CODES } from "../core/code_series.js";
import { SIZE, drawQr } from "../core/qr_code.js";
import { html } from "../html.js";
import { canPack } from "../shell/handover.js";
import { offerWaiting } from "../state/handing_over.js";

const NEXT_AFTER_MS = 400; // two looks of the other camera; slower than three flashes a second
const MARGIN = 4; // modules of white that a reader needs
const MODULE_PX = 6; // so that all of it stands above STOP on a screen 768 px high

export function HandOver({ shell, onBack }) {
  const [offer, setOffer] = useState(null);
  const [at, setAt] = useState(0);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (canPack()) offerWaiting(shell).then(setOffer);
  }, []);
  const codes = offer?.codes ?? [];
  const runs = offer !== null && offer.n > 0 && codes.length <= MOST_CODES;
  useEffect(() => {
    if (!runs || isHeld) return undefined;
    const timer = setInterval(() => setAt((now) => (now + 1) % codes.length), NEXT_AFTER_MS);
    return () => clearInterval(timer);
  }, [runs, isHeld, codes.length]);
  return html`<div class="handover"><div class="stack">
      <p>${t("On the other tablet, open Connection, tap Read QR of the other tablet, and hold its camera before this screen until it says that all were read.")}</p>
      <p role="status">${sayOffer(offer, codes.length)}</p>
      ${runs && html`<p class="count"><b>${t("Code {n} of {all}", { n: at + 1, all: codes.length })}</b></p>
        <div class="chips"><button type="button" class="key wide" onClick=${() => setHeld(!isHeld)}>${isHeld ? t("Go on by itself") : t("Hold this code")}</button>
          <button type="button" class="key wide" onClick=${() => { setHeld(true); setAt((at + 1) % codes.length); }}>${t("Next code")}</button></div>`}
      <button type="button" class="key wide" onClick=${onBack}>${t("Back")}</button>
    </div>
    ${runs && html`<${Code} text=${codes[at]} name=${t("Code {n} of {all}", { n: at + 1, all: codes.length })} />`}
  </div>`;
}

function sayOffer(offer, nCodes) {
  if (!canPack()) return t("This browser can't make codes. Save the outbox to a file instead.");
  if (offer === null) return t("Making the codes…");
  if (offer.n === 0) return t("Nothing waits here: there is nothing to hand over.");
  if (nCodes > MOST_CODES) return t("{n} entries are too many for codes. Save the outbox to a file instead.", { n: offer.n });
  return tn("{n} entry, by code and without a participant's name. It stays here, too, until the server has it.", "{n} entries, by code and without participants' names. They stay here, too, until the server has them.", offer.n);
}

function Code({ text, name }) {
  const canvas = useRef(null);
  useEffect(() => draw(canvas.current, drawQr(text)), [text]);
  const side = (SIZE + 2 * MARGIN) * MODULE_PX;
  return html`<canvas class="series" ref=${canvas} width=${side} height=${side} role="img" aria-label=${name}></canvas>`;
}

function draw(canvas, dark) {
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  dark.forEach((isDark, at) => isDark && context.fillRect((MARGIN + (at % SIZE)) * MODULE_PX, (MARGIN + Math.floor(at / SIZE)) * MODULE_PX, MODULE_PX, MODULE_PX));
}
