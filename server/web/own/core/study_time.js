// Moments by the study's clock (decision 0043), whatever clock her phone goes by. Where those two differ, it
// is said which one is meant. Pure.

/** @typedef {string|null} Zone of the IANA database; null: the study has said none, so the phone's counts */

const inZone = (zone) => (zone === null ? {} : { timeZone: zone });

/** @param {number} ms UTC @param {Zone} zone @param {string} language @returns {string} "17:00", or with the clock it is by */
export function formatTime(ms, zone, language) {
  const clock = { hour: "2-digit", minute: "2-digit", ...inZone(zone) };
  const there = write(ms, clock);
  return there === write(ms, { ...clock, timeZone: undefined }) ? there : `${there} (${nameZone(ms, zone, language)})`;
}

/** @returns {string} "Thursday 26 November" */
export const formatDay = (ms, zone, language) => new Date(ms).toLocaleDateString(language === "en" ? "en-GB" : language,
  { weekday: "long", day: "numeric", month: "long", ...inZone(zone) });

/** @returns {string} "Thursday" */
export const nameWeekday = (ms, zone, language) => new Date(ms).toLocaleDateString(language, { weekday: "long", ...inZone(zone) });

/** Whether it is another day than that of a session, where the study is.
 * @param {number} startMs UTC @param {number} nowMs UTC @param {Zone} zone @returns {"same"|"next"|"later"} */
export function compareDays(startMs, nowMs, zone) {
  const passed = readDay(nowMs, zone) - readDay(startMs, zone);
  return passed <= 0 ? "same" : passed === DAY_MS ? "next" : "later";
}

const DAY_MS = 24 * 3600_000;

/** A day as UTC midnight of the same date: dates are compared, and no day of 23 hours is in between. */
const readDay = (ms, zone) => Date.parse(new Date(ms).toLocaleDateString("en-CA", inZone(zone)));

const write = (ms, how) => new Date(ms).toLocaleTimeString("en-GB", how);

function nameZone(ms, zone, language) {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "long" }).formatToParts(ms);
  return parts.find(({ type }) => type === "timeZoneName").value;
}
