// The app's styles ask how large the screen is; in a practice the frame takes some of it. So each such
// question is asked of that much more.

const FRAME_HEIGHT_PX = 76; // practice.css: the band and the stripes
const FRAME_WIDTH_PX = 12;
const QUESTION = /\b((?:min-|max-)?(width|height))\s*(:|<=|>=|<|>)\s*(\d+)px/g;

/** @param {string} media a media query @returns {string} */
export const widen = (media) => media.replace(QUESTION, (_, name, side, sign, px) =>
  `${name} ${sign} ${Number(px) + (side === "height" ? FRAME_HEIGHT_PX : FRAME_WIDTH_PX)}px`);

export function fitIntoFrame(sheets = document.styleSheets) {
  const apps = [...sheets].filter(({ href }) => !href.endsWith("/practice.css")); // that one knows the frame
  for (const sheet of apps) [...sheet.cssRules].forEach(fitRule);
}

function fitRule(rule) {
  if (rule instanceof CSSMediaRule) rule.media.mediaText = widen(rule.media.mediaText);
  for (const inner of rule.cssRules ?? []) fitRule(inner);
}
