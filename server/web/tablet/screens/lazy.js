// Screens that the running circuit doesn't need come when they are opened; the service worker has them,
// so this needs no network. Once the app stands, all are brought in quietly.

import { useEffect, useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { storeFailure } from "../state/entering.js";

const loaded = new Map();
const PRELOAD_AFTER_MS = 300;

/** @param {() => Promise<object>} load a module @param {string} name its component
 * @param {boolean} [quiet] shows nothing while it is brought */
export function lazy(load, name, quiet = false) {
  const bring = () => load().then((module) => loaded.set(load, module[name]));
  setTimeout(() => bring().catch(() => {}), PRELOAD_AFTER_MS); // the first opening tries again
  return (props) => {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    const Screen = loaded.get(load);
    useEffect(() => {
      if (!Screen) bring().then(() => redraw(1)).catch(() => setFailed(true));
    }, []);
    if (Screen) return html`<${Screen} ...${props} />`;
    if (quiet) return null;
    return html`<p class="opening" role="status">${failed ? t("This screen couldn't be opened without the server. The session goes on; go near the Wi-Fi and try again.") : t("Opening…")}</p>`;
  };
}

/** An act that comes like a screen: of a module that only some taps need. Once it is here, a tap acts at
 * once, so that acts keep the order of their taps.
 * @returns {(...given: unknown[]) => unknown} */
export function lazyAct(load, name) {
  let act = null;
  const bring = () => load().then((module) => (act = module[name]));
  setTimeout(() => bring().catch(() => {}), PRELOAD_AFTER_MS); // the first tap tries again
  return (...given) => (act ? act(...given) : bring().then(() => act(...given), sayFailure));
}

// Then nothing was entered, and the trainer must know.
const sayFailure = (error) => void (storeFailure.value = String(error?.message ?? error));
