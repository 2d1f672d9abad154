// The CRC-32 of ISO-HDLC, for what is read by a camera: not against anybody who wants to deceive. Pure.

/** @param {string} text ASCII @returns {string} eight hex digits */
export function crc32(text) {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (~crc >>> 0).toString(16).padStart(8, "0");
}
