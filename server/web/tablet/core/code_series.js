// Bytes as a series of codes, and back: each says which series it is of, which one of how many, and
// whether it was read whole. In any order, each as often as it is seen. Pure.

import { crc32 } from "./crc32.js";

const MARK = "DSQ1"; // this form; a later one has another number
const BYTES_A_CODE = 340; // with its head in base64url 520 characters, as many as a code takes
const FORM = /^DSQ(\d+)\.([\w-]{43})\.(\d{1,3})\.(\d{1,3})\.([0-9a-f]{8})\.([\w-]*)$/;

export const MOST_CODES = 150; // a minute of them; more is better saved to a file

/** @param {Uint8Array} bytes @param {string} series their SHA-256 in base64url @returns {string[]} */
export function cutIntoCodes(bytes, series) {
  const count = Math.max(1, Math.ceil(bytes.length / BYTES_A_CODE));
  return Array.from({ length: count }, (_, at) => {
    const data = toBase64(bytes.subarray(at * BYTES_A_CODE, (at + 1) * BYTES_A_CODE));
    const check = crc32(`${series}.${at + 1}.${count}.${data}`);
    return [MARK, series, at + 1, count, check, data].join(".");
  });
}

/** @typedef {{series: string, count: number, parts: Map<number, string>}} Read what was read so far
 * @param {Read|null} before @param {string} text of a code
 * @returns {{read: Read|null, trouble: null|"other"|"newer"|"damaged"|"mixed"}} with trouble `read` stays */
export function addCode(before, text) {
  const [, form, series, index, count, check, data] = FORM.exec(text) ?? [];
  const refuse = (trouble) => ({ read: before, trouble });
  if (form === undefined) return refuse(text.startsWith(MARK) ? "damaged" : "other");
  if (form !== MARK.slice(3)) return refuse("newer");
  if (crc32(`${series}.${index}.${count}.${data}`) !== check) return refuse("damaged");
  const [n, all] = [Number(index), Number(count)];
  if (n < 1 || n > all || all > MOST_CODES) return refuse("damaged");
  if (before !== null && (before.series !== series || before.count !== all)) return refuse("mixed");
  const parts = new Map(before?.parts).set(n, data);
  return { read: { series, count: all, parts }, trouble: null };
}

/** @param {Read|null} read */
export const isWhole = (read) => read !== null && read.parts.size === read.count;

/** @param {Read} read a whole one @returns {Uint8Array} */
export function joinCodes({ count, parts }) {
  const pieces = Array.from({ length: count }, (_, at) => fromBase64(parts.get(at + 1)));
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
}

/** As RFC 4648 writes it for addresses, without padding. */
export const toBase64 = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
