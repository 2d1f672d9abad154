// Entries joined to things: a fact is one thing by kind and about, an act is one thing by its first
// entry. What supersedes what makes chains; two chains that differ are a conflict. Pure.

import { compareEvents, compareText, correctTimes } from "./corrected.js";
import { canonical } from "./canonical.js";

const FACTS = new Set([
  "session_planned", "room_check", "room_climate", "staff_present", "readiness",
  "readiness_decision", "wearing", "resting_hr", "warmup_hr", "set", "rpe", "session_rpe",
  "adverse_event", "progression_decision", "plyometric_signoff", "feeling", "prescription",
]);

/**
 * @typedef {{kind: string, about: string, root: object, shown: object|null, disputed: object[]}}
 *   Thing `shown` is the entry that counts; `disputed` are those to choose from, none when all agree
 * @typedef {{all: Thing[], byId: Map<string, object>, byKey: Map<string, Thing>}} Things
 */

/** @param {Iterable<object>} envelopes @param {Record<string, number>} [assumed] as `correctTimes` has it
 * @returns {Things} in the order of their roots */
export function linkThings(envelopes, assumed) {
  const events = correctTimes(envelopes, assumed);
  const byId = new Map(events.map((event) => [event.id, event]));
  const targetOf = findTargets(events, byId);
  const corrected = new Set([...targetOf.values()].map((target) => target.id));
  const heads = events.filter((event) => !corrected.has(event.id));
  const groups = Map.groupBy(heads, (head) => keyOf(head, targetOf));
  const all = [...groups.values()].map((group) => makeThing(group, targetOf))
    .sort((one, other) => compareEvents(one.root, other.root));
  const byKey = new Map(all.map((thing) => [`${thing.kind} ${thing.about}`, thing]));
  return { all, byId, byKey };
}

/** What each entry corrects: it must be here, of the same kind, about the same. Corrections that go
 * round in a circle correct nothing: all of them stay visible. */
function findTargets(events, byId) {
  const targets = new Map();
  for (const event of events) {
    const target = byId.get(event.supersedes);
    if (target && target.kind === event.kind && target.about === event.about) targets.set(event.id, target);
  }
  const circling = events.filter((event) => leadsToItself(event, targets));
  for (const event of circling) targets.delete(event.id);
  return targets;
}

function leadsToItself(event, targets) {
  const seen = new Set();
  for (let at = targets.get(event.id); at && !seen.has(at); at = targets.get(at.id)) seen.add(at);
  return seen.has(event);
}

/** The live entry of a fact. @returns {object|null} */
export function findLive(things, kind, about) {
  return things.byKey.get(`${kind} ${about}`)?.shown ?? null;
}

const keyOf = (event, targetOf) =>
  FACTS.has(event.kind) ? `${event.kind} ${event.about}` : findRoot(event, targetOf).id;

/** The entry and all that it goes back to, the original last. */
function listAncestors(event, targetOf) {
  const ancestors = [];
  for (let at = event; at; at = targetOf.get(at.id)) ancestors.push(at);
  return ancestors;
}

const findRoot = (event, targetOf) => listAncestors(event, targetOf).at(-1);

function makeThing(heads, targetOf) {
  const live = heads.filter((head) => head.value !== null);
  const root = findRoot(live[0] ?? heads[0], targetOf);
  const disputed = findDisputed(heads, live, targetOf);
  return {
    kind: root.kind,
    about: root.about,
    root,
    shown: live[0] ? keepNo(live) : null,
    disputed: heads.filter((head) => disputed.has(head)),
  };
}

/** Of several the first, and the earliest no to her jumps: a yes of who hadn't heard of it hides none
 * (decision 0024). */
function keepNo(live) {
  const [no] = live.map(({ value }) => value.locked_from).filter(Boolean).sort();
  return no ? { ...live[0], value: { ...live[0].value, locked_from: no } } : live[0];
}

/** Live versions that differ, not by since when a no counts; and a void of what somebody else corrected: one says that it never
 * was, the other what it was. */
function findDisputed(heads, live, targetOf) {
  const differ = new Set(live.map((head) => canonical({ ...head.value, locked_from: 0 }))).size > 1;
  const disputed = new Set(differ ? live : []);
  for (const head of heads) {
    const target = head.value === null ? targetOf.get(head.id) : null;
    const rivals = target ? live.filter((one) => listAncestors(one, targetOf).includes(target)) : [];
    if (rivals.length > 0) [head, ...rivals].forEach((one) => disputed.add(one));
  }
  return disputed;
}

/** By kind, about and versions, as both folds list them; values are what can be chosen from. */
export function listConflicts(things) {
  return things.all
    .filter((thing) => thing.disputed.length > 0)
    .map(({ kind, about, disputed }) =>
      ({ kind, about, versions: disputed.map(({ id }) => id), values: disputed.map(({ value }) => value) }))
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.about, b.about) ||
      compareText(a.versions.join(), b.versions.join()));
}
