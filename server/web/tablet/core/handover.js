// What one tablet hands to another: entries that wait, as they were made. Pure.

const FORMAT = 1;
const TEXTS = ["id", "kind", "about", "actor", "device", "occurred_at"];

/** @param {object[]} entries of the outbox @param {{study: string|null, device: string}} from */
export const makeHandover = (entries, { study, device }) =>
  ({ doseline_handover: FORMAT, study, device, entries: entries.map(({ session, envelope }) => ({ session, envelope })) });

/**
 * @param {any} content as it was read @param {{study: string|null, staff: string[]}} here
 * @returns {{trouble: null|"no_handover"|"newer"|"practice"|"evening"|"other_study"|"stranger", about?: string}}
 */
export function judgeHandover(content, { study, staff }) {
  if (content?.doseline_practice === true) return { trouble: "practice" };
  if (content?.doseline_evening === true) return { trouble: "evening" }; // read in a practice
  if (typeof content?.doseline_handover !== "number") return { trouble: "no_handover" };
  if (content.doseline_handover !== FORMAT) return { trouble: "newer" };
  if (!Array.isArray(content.entries) || !content.entries.every(isEntry)) return { trouble: "no_handover" };
  if (content.study !== null && content.study !== study) return { trouble: "other_study", about: content.study };
  const stranger = content.entries.map(({ envelope }) => envelope.actor).find((name) => !staff.includes(name));
  return stranger === undefined ? { trouble: null } : { trouble: "stranger", about: stranger };
}

const isEntry = (entry) => typeof entry?.session === "string" && entry.envelope !== null && typeof entry.envelope === "object" &&
  TEXTS.every((name) => typeof entry.envelope[name] === "string") && Number.isInteger(entry.envelope.device_seq);

/** Who made how many, and when. */
export function sumUp({ device, entries }) {
  const times = entries.map(({ envelope }) => envelope.occurred_at).sort();
  const of = {};
  for (const { envelope } of entries) of[envelope.actor] = (of[envelope.actor] ?? 0) + 1;
  return { device, n: entries.length, of, first: times[0] ?? null, last: times.at(-1) ?? null };
}
