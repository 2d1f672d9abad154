// Hold for 1.5 s, or tap twice: for the one act that shouldn't happen by a slip.

import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.js";
import { useMeant } from "./meant.js";

const HOLD_MS = 1500;
const SECOND_TAP_WITHIN_MS = 6000;

export function HoldButton({ word, sure, onHeld }) {
  const [holding, setHolding] = useState(false);
  const [asked, setAsked] = useState(false);
  const [settled, meant] = useMeant(asked);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const begin = () => {
    setHolding(true);
    timer.current = setTimeout(onHeld, HOLD_MS);
  };
  const end = () => {
    setHolding(false);
    clearTimeout(timer.current);
  };
  const tap = () => {
    if (asked) return onHeld();
    setAsked(true);
    return setTimeout(() => setAsked(false), SECOND_TAP_WITHIN_MS);
  };
  return html`<button type="button" class="hold" data-holding=${holding} onPointerDown=${begin} onPointerUp=${end}
    onPointerLeave=${end} onPointerCancel=${end} aria-disabled=${!settled} onClick=${meant(tap)}>${asked ? sure : word}</button>`;
}
