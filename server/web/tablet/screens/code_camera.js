// The camera, for codes that aren't on straps: what it reads is the caller's to judge.

import { useEffect, useRef } from "preact/hooks";
import { t } from "/static/translate.js";
import { nameCameraTrouble } from "../core/scanned.js";
import { html } from "../html.js";

/** @param {{onText: (text: string) => void, onTrouble: (sentence: string) => void}} props */
export function CodeCamera({ onText, onTrouble }) {
  const video = useRef(null);
  const tell = useRef(onText);
  tell.current = onText;
  useEffect(() => {
    let stop = null;
    let isClosed = false;
    import("../demand/scanner.js").then(({ startScan }) => startScan(video.current, (text) => isClosed || tell.current(text)))
      .then((end) => (isClosed ? end() : (stop = end)))
      .catch((error) => isClosed || onTrouble(sayTrouble(error.name)));
    return () => {
      isClosed = true;
      stop?.();
    };
  }, []);
  return html`<div class="scan"><video ref=${video} muted playsinline aria-label=${t("What the camera sees")}></video></div>`;
}

function sayTrouble(name) {
  const trouble = nameCameraTrouble(name);
  if (trouble === "refused") return t("The camera isn't allowed here. Allow it in the browser's settings.");
  if (trouble === "busy") return t("Another app has the camera. Close it and try again.");
  return t("No camera can be used here.");
}
