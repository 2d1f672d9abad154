// A QR code for a series of them (ISO/IEC 18004): always version 15, level L, bytes, so that all of a
// series are alike and the tables are short. Pure.
//
// Always mask 2, too: what is in it is compressed, and that is as mixed as any mask would make it.

export const SIZE = 77; // modules a side
export const MOST_BYTES = 520;

const VERSION = 15;
const LEVEL_L = 1;
const MASK = 2;
const BLOCKS = [87, 87, 87, 87, 87, 88]; // bytes of data in each
const CHECKS_A_BLOCK = 22;
const CENTRES = [6, 26, 48, 70]; // of the small squares

/** @param {string} text ASCII, at most MOST_BYTES @returns {Uint8Array} SIZE × SIZE, 1 is dark */
export function drawQr(text) {
  const paper = { dark: new Uint8Array(SIZE * SIZE), taken: new Uint8Array(SIZE * SIZE) };
  drawFrame(paper);
  drawBits(paper, interleave(makeData(text)));
  return paper.dark;
}

function makeData(text) {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MOST_BYTES) throw new RangeError(`${bytes.length} bytes, at most ${MOST_BYTES}`);
  const data = new Uint8Array(BLOCKS.reduce((a, b) => a + b));
  // Mode 4 and a count of 16 bits: half a byte off all along.
  const nibbles = [4, bytes.length >> 12, (bytes.length >> 8) & 15, (bytes.length >> 4) & 15, bytes.length & 15,
    ...Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 15]), 0];
  nibbles.forEach((nibble, at) => (data[at >> 1] |= at % 2 === 0 ? nibble << 4 : nibble));
  for (let at = nibbles.length >> 1, n = 0; at < data.length; at += 1, n += 1) data[at] = n % 2 === 0 ? 0xec : 0x11;
  return data;
}

/** Each block's first byte, each one's second…, then their checks likewise. */
function interleave(data) {
  let from = 0;
  const blocks = BLOCKS.map((length) => data.subarray(from, (from += length)));
  const checks = blocks.map(computeChecks);
  const longest = Math.max(...BLOCKS);
  const across = (parts, length) => Array.from({ length }, (_, at) => parts.filter((part) => at < part.length).map((part) => part[at])).flat();
  return [...across(blocks, longest), ...across(checks, CHECKS_A_BLOCK)];
}

const [EXP, LOG] = makePowers();

/** Of 2 in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1. */
function makePowers() {
  const [exp, log] = [new Uint8Array(510), new Uint8Array(256)];
  for (let power = 0, value = 1; power < 255; power += 1) {
    exp[power] = exp[power + 255] = value;
    log[value] = power;
    value = value < 128 ? value << 1 : (value << 1) ^ 0x11d;
  }
  return [exp, log];
}

const multiply = (a, b) => (a === 0 || b === 0 ? 0 : EXP[LOG[a] + LOG[b]]);

/** The generator of Reed and Solomon: (x - 1)(x - 2)(x - 4)…, without its leading 1. */
const GENERATOR = Array.from({ length: CHECKS_A_BLOCK }, (_, root) => EXP[root])
  .reduce((poly, root) => [...poly, 0].map((value, at) => value ^ multiply(poly[at - 1] ?? 0, root)), [1]).slice(1);

function computeChecks(block) {
  const rest = new Uint8Array(CHECKS_A_BLOCK);
  for (const byte of block) {
    const factor = byte ^ rest[0];
    rest.copyWithin(0, 1);
    rest[CHECKS_A_BLOCK - 1] = 0;
    GENERATOR.forEach((value, at) => (rest[at] ^= multiply(value, factor)));
  }
  return rest;
}

function put({ dark, taken }, x, y, isDark) {
  if (x < 0 || y < 0 || x >= SIZE || y >= SIZE) return;
  dark[y * SIZE + x] = isDark ? 1 : 0;
  taken[y * SIZE + x] = 1;
}

function drawSquare(paper, centreX, centreY, radius, darkAt) {
  for (let dy = -radius; dy <= radius; dy += 1) {
    for (let dx = -radius; dx <= radius; dx += 1) put(paper, centreX + dx, centreY + dy, darkAt.has(Math.max(Math.abs(dx), Math.abs(dy))));
  }
}

function drawFrame(paper) {
  for (let at = 0; at < SIZE; at += 1) {
    put(paper, 6, at, at % 2 === 0);
    put(paper, at, 6, at % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [SIZE - 4, 3], [3, SIZE - 4]]) drawSquare(paper, x, y, 4, new Set([0, 1, 3]));
  const last = CENTRES.at(-1);
  for (const x of CENTRES) {
    for (const y of CENTRES) if (!(x === 6 && [6, last].includes(y)) && !(x === last && y === 6)) drawSquare(paper, x, y, 2, new Set([0, 2]));
  }
  drawFormat(paper);
  drawVersion(paper);
}

/** The value, then what is left of it by the generator: of Bose, Chaudhuri and Hocquenghem. */
function addChecks(value, generator, bits) {
  let rest = value << bits;
  for (let at = 31 - Math.clz32(rest); at >= bits; at = 31 - Math.clz32(rest)) rest ^= generator << (at - bits);
  return (value << bits) | rest;
}

function drawFormat(paper) {
  const bits = addChecks((LEVEL_L << 3) | MASK, 0x537, 10) ^ 0x5412;
  const bit = (at) => ((bits >> at) & 1) === 1;
  for (let at = 0; at < 15; at += 1) {
    put(paper, 8, at < 6 ? at : at < 8 ? at + 1 : SIZE - 15 + at, bit(at));
    put(paper, at < 8 ? SIZE - 1 - at : at === 8 ? 7 : 14 - at, 8, bit(at));
  }
  put(paper, 8, SIZE - 8, true);
}

function drawVersion(paper) {
  const bits = addChecks(VERSION, 0x1f25, 12);
  for (let at = 0; at < 18; at += 1) {
    const [along, across] = [Math.floor(at / 3), SIZE - 11 + (at % 3)];
    put(paper, along, across, ((bits >> at) & 1) === 1);
    put(paper, across, along, ((bits >> at) & 1) === 1);
  }
}

/** Two columns at a time from the right, up and down in turn, where nothing stands yet. */
function drawBits({ dark, taken }, bytes) {
  let at = 0;
  for (let right = SIZE - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step += 1) {
      const y = ((right + 1) & 2) === 0 ? SIZE - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (taken[y * SIZE + x]) continue;
        const bit = at < bytes.length * 8 ? (bytes[at >> 3] >> (7 - (at & 7))) & 1 : 0;
        dark[y * SIZE + x] = bit ^ (x % 3 === 0 ? 1 : 0);
        at += 1;
      }
    }
  }
}
