// Digits and days of a text as Persian readers write them: for what is shown, never for data. Pure.
//
// ISO 8601 days become Jalali ones, ASCII digits Persian ones, and commas between words theirs. What is a code stays as it is: anything
// with a Latin letter in it (P07, an instant with its T) and anything in a left-to-right isolate.
// The server's telling is server/web/catalogue/local_text.py; both give the same for
// tests/vectors/local_text.json.

const FOUND = new RegExp(
  [
    "(?<isolate>\\u2066[^\\u2069]*\\u2069)",
    "(?<code>(?=[\\w.:/+-]*[A-Za-z_])\\w[\\w.:/+-]*)",
    "(?<day>\\d{4}-\\d\\d-\\d\\d(?![\\w-]))",
    "(?<groups>\\+?\\d{2,}(?:[ -]\\d{2,})+(?![\\w-]))",
    "(?<times>\\d+(?:\\.\\d+)? × \\d+)",
    "(?<mark>(?<=[\\u0600-\\u06ff\\d])[,;](?= )|[,;](?= [\\u0600-\\u06ff]))",
    "(?<number>(?:(?<![\\w)\\u06f0-\\u06f9])[+\\-\\u2212±])?\\d+(?:[.,:/]\\d+)*)",
  ].join("|"),
  "g",
);
const MARKS = { ",": "،", ";": "؛" }; // after a Persian word
const LEFT_TO_RIGHT_MARK = "\u200e"; // keeps a sign before its number
const EARLIEST = 1900; // four digits, a dash and so on may be something else
const DAY = new Intl.DateTimeFormat("fa-IR-u-ca-persian", {
  timeZone: "UTC", day: "numeric", month: "long", year: "numeric",
});

/** What writes local text where nothing watches over it, such as on a canvas. @param {string} language */
export const writerOf = (language) => (language === "en" ? String : (text) => localiseText(String(text)));

/** @param {string} text @returns {string} again the same for what is local already */
export function localiseText(text) {
  return text.replace(FOUND, (whole, ...rest) => {
    const { isolate, code, mark, day, groups, times } = rest.at(-1);
    if (isolate || code) return whole;
    if (mark) return MARKS[mark];
    if (day) return tellDay(day) || tellNumber(day);
    return groups || times ? `\u2066${toLocalDigits(whole)}\u2069` : tellNumber(whole);
  });
}

const toLocalDigits = (text) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

function tellNumber(text) {
  const local = text.replace(/(?<=\d)\.(?=\d)/g, "٫").replace(/(?<=\d),(?=\d{3})/g, "٬");
  return (/^\d/.test(text) ? "" : LEFT_TO_RIGHT_MARK) + toLocalDigits(local);
}

function tellDay(iso) {
  const at = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) return "";
  if (at.getUTCFullYear() < EARLIEST) return "";
  const parts = Object.fromEntries(DAY.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.day} ${parts.month} ${parts.year}`;
}
