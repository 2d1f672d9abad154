// Whether a PIN is hers, without a server: the salted verifier that came with tonight's bundle.

import { parseUtc } from "../core/envelope.js";

const VALID_FOR_MS = 12 * 3600_000;

/** @param {{salt: string, iterations: number, hash: string}} verifier hex; PBKDF2-HMAC-SHA256 */
export async function checkPin(pin, verifier) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const salt = Uint8Array.from(verifier.salt.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: verifier.iterations };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(how, secret, 256));
  return Array.from(bits, (byte) => byte.toString(16).padStart(2, "0")).join("") === verifier.hash;
}

/** Verifiers are believed for 12 h after the server gave them. */
export const areVerifiersValid = (serverUtc, nowMs) => {
  const ageMs = nowMs - parseUtc(serverUtc);
  return ageMs < VALID_FOR_MS && ageMs > -VALID_FOR_MS;
};
