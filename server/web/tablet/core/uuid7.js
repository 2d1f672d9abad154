// UUID version 7 (RFC 9562, 5.7): ids that sort by time. Pure: clock and chance are arguments.

/**
 * @param {number} unixMs milliseconds since 1970, UTC
 * @param {Uint8Array} random ten random bytes
 * @returns {string} lower case
 */
export function makeUuid7(unixMs, random) {
  const bytes = new Uint8Array(16);
  for (let place = 5, rest = unixMs; place >= 0; place--, rest = Math.floor(rest / 256)) {
    bytes[place] = rest % 256;
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
