// Gaps of a chart: grey blocks with their cause, where it fits in.

const INK = "#111";

/** Each gap of a chart that is in sight, as `drawOne` draws it. */
export function drawGaps(chart, gaps, drawOne) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px sans-serif`;
  for (const gap of gaps) {
    const from = Math.max(chart.valToPos(Date.parse(gap.begins), "x", true), bbox.left);
    const until = Math.min(chart.valToPos(Date.parse(gap.ends), "x", true), bbox.left + bbox.width);
    if (until > from) drawOne(ctx, gap, from, until, bbox);
  }
  ctx.restore();
}

export function fillGap(ctx, gap, from, until, { top, height }) {
  ctx.fillStyle = "#d4d4ce";
  ctx.fillRect(from, top, until - from, height);
}

export function nameGap(ctx, gap, from, until, { top }) {
  ctx.fillStyle = INK;
  writeWithin(ctx, gap.label, from, until, top);
}

/** Line by line; nothing where a word doesn't fit. */
function writeWithin(ctx, words, from, until, top) {
  const room = until - from - 8 * devicePixelRatio;
  const lines = [];
  for (const word of words.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && ctx.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.some((line) => ctx.measureText(line).width > room)) return;
  lines.forEach((line, place) => ctx.fillText(line, from + 4 * devicePixelRatio, top + (15 + 15 * place) * devicePixelRatio));
}
