// Calls to the server. Every answer is {status, body}; no answer at all is status 0. Never throws.

import { readSentMs } from "./time.js";

const TIMEOUT_MS = 10_000; // on a tablet's Wi-Fi an answer that takes longer won't come

/** @typedef {{status: number, body: any, retryAfterS: number, sentMs: number}} Answer */

/** @returns {Promise<Answer>} */
export async function call(method, path, content) {
  const sentMs = readSentMs();
  try {
    const response = await fetch(path, {
      method,
      body: content === undefined ? undefined : JSON.stringify(content),
      headers: content === undefined ? {} : { "Content-Type": "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await readJson(response);
    const retryAfterS = Number(response.headers.get("Retry-After")) || 0;
    return { status: response.status, body, retryAfterS, sentMs };
  } catch {
    // Any reason why no answer came is one to this app: offline.
    return { status: 0, body: null, retryAfterS: 0, sentMs };
  }
}

async function readJson(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page, or half an answer
  }
}
