// The camera looks for the code on a strap. A free strap is hers at once; one that somebody wears asks.

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { nameCameraTrouble, readScanned } from "../core/scanned.js";
import { html } from "../html.js";
import { participants, straps } from "../state/model.js";
import { labelOf, signCode, strapOf } from "../state/people.js";

/** @param {{code: string, onGive: (serial: string) => void, onTrouble: (sentence: string) => void}} props */
export function ScanPanel({ code, onGive, onTrouble }) {
  const [found, setFound] = useState(null);
  const video = useRef(null);
  useEffect(() => {
    let stop = null;
    let isClosed = false;
    const onText = (text) => {
      const { serial, said } = readScanned(text, straps.value);
      const wearer = serial && findOther(code, serial);
      setFound({ serial, said, wearer });
      if (!serial || wearer || isClosed) return;
      isClosed = true; // the next look reads the same code
      onGive(serial);
    };
    import("../demand/scanner.js").then(({ startScan }) => startScan(video.current, onText))
      .then((end) => (isClosed ? end() : (stop = end)))
      .catch((error) => isClosed || onTrouble(sayCameraTrouble(error.name)));
    return () => {
      isClosed = true;
      stop?.();
    };
  }, []);
  return html`<div class="scan">
    <video ref=${video} muted playsinline aria-label=${t("What the camera sees")}></video>
    <p class="typed" role="status">${sayFound(found)}</p>
    ${found?.wearer && html`<button type="button" class="wide-key" onClick=${() => onGive(found.serial)}>${t("This strap is hers")}</button>`}
  </div>`;
}

const findOther = (own, serial) =>
  participants.value.find(({ code }) => code !== own && strapOf(code) === serial)?.code ?? null;

function sayFound(found) {
  if (found === null) return t("Hold the strap's code before the camera.");
  if (found.serial === null) return t("This code says {said}. No such strap on the roster.", { said: found.said });
  const label = labelOf(found.serial);
  return found.wearer ? t("Strap {label}, on {who} now", { label, who: signCode(found.wearer) }) : t("Strap {label}", { label });
}

function sayCameraTrouble(name) {
  const trouble = nameCameraTrouble(name);
  if (trouble === "refused") return t("The camera isn't allowed here. Type the strap's number.");
  if (trouble === "busy") return t("Another app has the camera. Type the strap's number.");
  return t("No camera can be used here. Type the strap's number.");
}
