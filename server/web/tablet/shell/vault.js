// Names, emergency cards and PIN verifiers on the tablet: encrypted with a key that no script can
// read out, and gone with it (promise E6).

import { forget, keep, readKept } from "./database.js";

const CIPHER = "AES-GCM";

/** @param {string} name of the record @param {any} content any JSON */
export async function seal(database, name, content) {
  const key = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(content));
  const sealed = await crypto.subtle.encrypt({ name: CIPHER, iv }, key, plain);
  await keep(database, `sealed/${name}`, { key, iv, sealed });
}

/** @returns {Promise<any>} null when it isn't there */
export async function unseal(database, name) {
  const record = await readKept(database, `sealed/${name}`);
  if (!record) return null;
  const plain = await crypto.subtle.decrypt({ name: CIPHER, iv: record.iv }, record.key, record.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

export const destroy = (database, name) => forget(database, `sealed/${name}`);
