// What is said of a gateway's radio and of its test: no more than is known (decision 0023).

import { t, tn } from "/static/translate.js";
import { HOLE_S } from "../core/radio_test.js";

const SILENT_S = 10;
const LONGEST_STORED = 120; // of a verdict in the ledger

/** @param {{gateway: string, silentS: number, radio: ?object}} gateway as the live frame has it
 * @param {number} wanted people today
 * @returns {{words: string, isWrong: boolean, more: string[]}} */
export function sayRadio({ gateway, silentS, radio }, wanted) {
  if (silentS >= SILENT_S) return wrong(t("Gateway {gateway} silent for {n} s: what its radio does isn't known.", { gateway, n: Math.floor(silentS) }));
  if (!radio) return right(t("Gateway {gateway} ✓. It doesn't say what its radio does.", { gateway }));
  if (radio.n_adapters === 0) return wrong(t("Gateway {gateway} has no Bluetooth adapter: no strap can be heard. Plug one in.", { gateway }));
  if (radio.scans === false && radio.n_streaming > 0) return wrong(t("Gateway {gateway} finds no further straps now. Those that send ({n}) go on.", { gateway, n: radio.n_streaming }));
  if (radio.scans === false) return wrong(t("The Bluetooth adapter of gateway {gateway} doesn't answer: no strap can be heard. Unplug it and plug it in again, or restart the gateway.", { gateway }));
  if (radio.scans === null) return right(t("Gateway {gateway} ✓. Its radio is starting.", { gateway }));
  return right(t("Gateway {gateway} ✓, its radio ✓", { gateway }), sayCarried(radio, wanted));
}

const wrong = (words) => ({ words, isWrong: true, more: [t("Clock, sets and effort work without sensors.")] });
const right = (words, more = []) => ({ words, isWrong: false, more });

function sayCarried({ n_adapters: adapters, n_streaming: now, most_streaming: most }, wanted) {
  const values = { now, most, wanted };
  const carried = most >= wanted
    ? t("Straps sending now: {now}. It has carried {most} at once; {wanted} people come.", values)
    : t("Straps sending now: {now}. It has carried {most} at once so far; {wanted} people come. Whether all fit shows when they are on: an adapter doesn't tell its places.", values);
  return adapters > 1 ? [carried, t("It uses one of its {n} adapters.", { n: adapters })] : [carried];
}

/** @param {object} found by judgeTest @param {{wanted: number, seconds: number, rateHz: ?number}} test
 * @returns {string} short enough for the ledger */
export function sayVerdict(found, test) {
  return [...sayFound(found, test)].slice(0, LONGEST_STORED).join("");
}

function sayFound({ isFull, steady, moving, nHoles }, { wanted, seconds, rateHz }) {
  const values = { wanted, steady: steady.length, moving: moving.length, holes: nHoles, n: seconds, rate: rateHz, hole: HOLE_S };
  if (!isFull) return t("No verdict: too little came from the server within {n} s. Try again.", values);
  if (steady.length < wanted) return t("{steady} of {wanted} straps came through for {n} s. The others: wet them, put them on, or run without.", values);
  if (moving.length >= wanted && nHoles === 0) {
    return rateHz ? t("Enough for {wanted} with movement at {rate} Hz: {steady} heard, no gap of {hole} s or more.", values)
      : t("Enough for {wanted} with movement: {steady} heard, no gap of {hole} s or more.", values);
  }
  return t("Enough for {wanted} with heart rate: {steady} heard. Movement without gaps of {hole} s or more from {moving}.", values);
}

/** For whom what is missing, and what to do. @returns {string[]} */
export function sayMissing({ isFull, unsteady, holed, unmoved, nHoles }, { rateHz }) {
  if (!isFull) return [];
  const lines = [];
  if (unsteady.length > 0) lines.push(t("Not heard all the time: {straps}. Wet them, and bring the gateway nearer.", { straps: list(unsteady) }));
  if (holed.length > 0) {
    lines.push(tn("{n} gap in the movement of {straps}: heart rate is enough for today. Bring the gateway nearer.", "{n} gaps in the movement of {straps}: heart rate is enough for today. Bring the gateway nearer.", nHoles, { straps: list(holed) }));
    if (rateHz > 25) lines.push(t("{rate} Hz is set on the gateway, for all straps; whoever looks after it can set less.", { rate: rateHz }));
  }
  if (unmoved.length > 0) lines.push(t("No movement from {straps}: not agreed to, or the strap sends none.", { straps: list(unmoved) }));
  return lines;
}

const list = (names) => names.join(", ");
