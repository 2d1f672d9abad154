// Packs what is handed over into codes, and unpacks what was read.

import { cutIntoCodes, joinCodes, toBase64 } from "../core/code_series.js";

const MOST_BYTES = 8 * 1024 * 1024; // unpacked: an evening has a hundredth of it

export const canPack = () => typeof globalThis.CompressionStream === "function";

/** @param {object} content @returns {Promise<string[]>} texts of codes */
export async function packHandover(content) {
  const plain = new Blob([JSON.stringify(content)]).stream();
  const bytes = new Uint8Array(await new Response(plain.pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
  return cutIntoCodes(bytes, await digest(bytes));
}

/** @param {import("../core/code_series.js").Read} read a whole one
 * @returns {Promise<any>} null when it isn't what was sent */
export async function unpackHandover(read) {
  try {
    const bytes = joinCodes(read);
    if ((await digest(bytes)) !== read.series) return null;
    return JSON.parse(await unpack(bytes));
  } catch {
    return null; // no base64, not compressed, no JSON: whatever it is, it is no handover
  }
}

async function unpack(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces).text();
    length += value.length;
    if (length > MOST_BYTES) throw new RangeError("more than any evening has");
    pieces.push(value);
  }
}

const digest = async (bytes) => toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
