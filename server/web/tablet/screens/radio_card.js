// T3, left: what each gateway's radio does, and a test of it. It advises; nothing waits for it.

import { useEffect, useRef, useState } from "preact/hooks";
import { t, tn } from "/static/translate.js";
import { addFrame, HOLE_S, judgeTest, startTest } from "../core/radio_test.js";
import { html } from "../html.js";
import { feed, heard, listeners, tileOf } from "../state/live.js";
import { bundle, straps } from "../state/model.js";
import { sayMissing, sayRadio, sayVerdict } from "./radio_words.js";

const TEST_S = 20;

/** @param {{verdict: ?string, onVerdict: (verdict: string) => void}} props */
export function RadioCard({ verdict, onVerdict }) {
  const wanted = bundle.value?.people.length ?? 0;
  const [missing, setMissing] = useState([]);
  const [secondsLeft, start] = useRadioTest((test) => {
    const about = { wanted, seconds: TEST_S, rateHz: findRate() };
    const found = judgeTest(test, TEST_S);
    setMissing(sayMissing(found, about));
    onVerdict(sayVerdict(found, about));
  });
  return html`<div class="radio">
    <${Gateways} wanted=${wanted} />
    <p>${tn("{n} strap heard", "{n} straps heard", heard.value.filter(isHeard).length)}${" · "}${t("{n} on the roster", { n: straps.value.length })}</p>
    <button type="button" class="key wide" disabled=${secondsLeft > 0} onClick=${() => { setMissing([]); start(); }}>
      ${secondsLeft > 0 ? t("Testing: {n} s", { n: secondsLeft }) : t("Test radio ({n} s)", { n: TEST_S })}
    </button>
    <progress max=${TEST_S} value=${secondsLeft > 0 ? TEST_S - secondsLeft : 0} aria-label=${t("Radio test")}></progress>
    <p class="hint">${t("Movement: it sees gaps of {n} s and more. Shorter ones aren't seen.", { n: HOLE_S })}</p>
    <div role="status"><p>${verdict ?? ""}</p>${missing.map((line) => html`<p>${line}</p>`)}</div>
  </div>`;
}

function Gateways({ wanted }) {
  const { gateways } = feed.value;
  if (gateways.length === 0) return html`<p>${t("No gateway has called yet. You can run without sensors: clock, sets and effort work.")}</p>`;
  return html`<ul>${gateways.map((gateway) => {
    const { words, isWrong, more } = sayRadio(gateway, wanted);
    return html`<li key=${gateway.gateway}><b data-wrong=${isWrong}>${words}</b>${more.map((line) => html`<p>${line}</p>`)}</li>`;
  })}</ul>`;
}

/** @param {(test: object) => void} onDone @returns {[number, () => void]} seconds left, 0 while none runs */
function useRadioTest(onDone) {
  const [left, setLeft] = useState(0);
  const test = useRef(startTest());
  useEffect(() => {
    if (left === 0) return undefined;
    const listen = (tiles, elapsedS) => (test.current = addFrame(test.current, tiles, elapsedS, straps.value.map(({ serial }) => serial)));
    listeners.add(listen);
    const timer = setTimeout(() => {
      setLeft(left - 1);
      if (left === 1) onDone(test.current);
    }, 1000);
    return () => {
      clearTimeout(timer);
      listeners.delete(listen);
    };
  }, [left]);
  return [left, () => { test.current = startTest(); setLeft(TEST_S); }];
}

const isHeard = (serial) => ["good", "weak", "battery", "no_contact"].includes(tileOf(serial).value?.state);

/** What the gateways ask straps for, in Hz; null where they don't say, or not the same. */
function findRate() {
  const rates = new Set(feed.value.gateways.map(({ radio }) => radio?.acc_rate_hz ?? null));
  return rates.size === 1 ? [...rates][0] : null;
}
