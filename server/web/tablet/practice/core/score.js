// What was asked of the trainer in a practice, and what she did: read from the ledger and from the list of
// troubles, without a mark. Pure.

const HOLDS = new Set(["person_held", "adverse_event"]);
const CAME = new Set(["present", "late", "back"]);

/** Whom an entry is about. */
const whoOf = ({ about, value }) => value?.participant ?? about.split("/")[0];
const isAbout = (event, { code, other }) => [code, other].includes(whoOf(event));
const isStrap = (event, trouble) => event.kind === "wearing" && isAbout(event, trouble);
const isHold = (event, trouble) => HOLDS.has(event.kind) && event.value !== null && isAbout(event, trouble);

const otherOf = (event, { code, other }) => (whoOf(event) === code ? other : code);

/** Which entry says that she saw it. A trouble that isn't here asks for nothing on the tablet. */
const ANSWERS = {
  pod_off: (event, trouble) => isStrap(event, trouble) || isHold(event, trouble),
  contact_loss: isStrap,
  straps_swapped: (event, trouble, usual) => (isStrap(event, trouble) && event.value?.strap === usual[otherOf(event, trouble)]) ||
    (event.kind === "identity_check" && event.value?.answer === "swapped" && isAbout(event, trouble)),
  unwell: isHold,
  latecomer: (event, trouble) => event.kind === "attendance" && CAME.has(event.value?.status) && isAbout(event, trouble),
  effort_jump: (event, trouble) => event.kind === "rpe" && event.value?.rating != null && isAbout(event, trouble),
  contradiction: (event, trouble) => event.kind === "rpe" && event.about === trouble.about && event.supersedes !== null,
};
const ASKS_NOTHING = new Set(["battery_low"]);

/**
 * @param {object[]} troubles of state/troubles.js @param {object[]} events entries of this tablet
 * @param {Record<string, object>} people as the session folds to @param {Record<string, string>} usual strap of each
 * @returns {{nth: number, name: string, code: string|null, other: string|null, asks: boolean,
 *   afterMs: number|null, meanwhile: number, left: "unwritten"|"wrong_straps"|null}[]} `afterMs` until the
 *   first answer, in the room or on the tablet; null: none. `meanwhile`: entries while it lasted; `left`:
 *   what was begun and not brought to its end
 */
export function scoreTroubles(troubles, events, people, usual, nowMs) {
  return troubles.map((trouble) => {
    const { nth, name, code, other, atMs, endMs } = trouble;
    const later = events.map((event) => ({ event, ms: Date.parse(event.occurred_at) })).filter(({ ms }) => ms >= atMs);
    const answered = later.filter(({ event }) => ANSWERS[name]?.(event, trouble, usual)).map(({ ms }) => ms);
    const firstMs = Math.min(...answered, endMs ?? Infinity);
    const meanwhile = later.filter(({ ms }) => ms <= (endMs ?? nowMs)).length;
    return { nth, name, code, other, asks: !ASKS_NOTHING.has(name), afterMs: firstMs === Infinity ? null : firstMs - atMs, meanwhile,
      left: LEFT[name]?.(trouble, { later, people, usual }) ?? null };
  });
}

const LEFT = {
  unwell: (trouble, { later }) => (later.some(({ event }) => event.kind === "adverse_event" && isHold(event, trouble)) ? null : "unwritten"),
  straps_swapped: ({ code, other, endMs }, { people, usual }) => {
    const entered = [code, other].map((one) => people[one]?.wearing.findLast(({ until }) => until === null)?.strap ?? null);
    const worn = endMs === null ? [usual[other], usual[code]] : [usual[code], usual[other]];
    return entered.every((strap, place) => strap === null || strap === worn[place]) ? null : "wrong_straps";
  },
};

/**
 * What of the evening was entered and what is missing.
 * @param {{people: Record<string, object>, counts: object, clock: object}} folded the session
 * @returns {{effortsMissing: {round: number, codes: string[]}[], seen: number, assumed: number, missed: number,
 *   noStrap: string[], noReadiness: string[], conflicts: number, entries: number}}
 */
export function scoreEvening({ people, counts, clock }) {
  const here = Object.entries(people).filter(([, { attendance }]) => CAME.has(attendance) || attendance === "away");
  const codesWhere = (is) => here.filter(([, person]) => is(person)).map(([code]) => code);
  return {
    effortsMissing: listRounds(clock).map((round) => ({ round, codes: codesWhere((person) => hasWorked(person, round) && (person.rpe[round]?.rating ?? null) === null) }))
      .filter(({ codes }) => codes.length > 0),
    seen: counts.observed + counts.sensor + counts.self_report,
    assumed: counts.assumed,
    missed: counts.missed,
    noStrap: codesWhere(({ wearing }) => wearing.length === 0),
    noReadiness: codesWhere(({ readiness }) => readiness === null),
    conflicts: counts.conflicts,
    entries: counts.entries,
  };
}

/** Rounds whose last work is over. */
function listRounds({ state, segment, segments }) {
  const rounds = [...new Set(segments.map(({ round }) => round))];
  const isOver = (place) => state === "done" || place < (segment ?? -1);
  return rounds.filter((round) => {
    const last = segments.findLastIndex((one) => one.round === round && one.kind === "work" && !one.cut);
    return last !== -1 && isOver(last);
  });
}

const hasWorked = ({ sets }, round) => Object.values(sets).some((set) => set.round === round && set.missing === null);
