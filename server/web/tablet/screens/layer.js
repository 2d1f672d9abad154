// What lies over a screen: it takes the focus when it opens and gives it back when it closes.

import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "../html.js";

/** @param {{under?: boolean, home?: () => Element|null, children: unknown}} props `under` another one it
 * keeps its state and takes no keys; `home`: who gets the focus, by default whoever had it */
export function Layer({ under = false, home = () => null, children }) {
  const holder = useRef(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    holder.current.focus({ preventScroll: true });
    return () => (home() ?? before)?.focus({ preventScroll: true });
  }, []);
  return html`<div class="layer" tabindex="-1" inert=${under} ref=${holder}>${children}</div>`;
}
