// Text as the ledger takes it: no control characters but line ends, no half of a surrogate pair. Pure.

/** @param {string} text */
export const cleanText = (text) =>
  text.replaceAll("\r\n", "\n").replaceAll("\t", " ").replace(/\p{Cs}|[^\P{Cc}\n]/gu, "").trim();
