// Two tablets said different things: both are kept, with who and when, and one tap keeps either.

import { t } from "/static/translate.js";
import { formatClock } from "../core/words_of_time.js";
import { html } from "../html.js";
import { enter } from "../state/entering.js";
import { things } from "../state/model.js";
import { kindWord } from "./kind_words.js";

export function ConflictCard({ conflict }) {
  const { kind, about } = conflict;
  const versions = conflict.versions.map((id, place) =>
    ({ ...things.value.byId.get(id), value: conflict.values[place] }));
  const keep = (kept) => enter(() => versions.filter(({ id }) => id !== kept.id).map(({ id, value }) =>
    ({ kind, about, value: keepNo(kept.value, value), supersedes: id, reason: "decided between two entries" })));
  return html`<div class="conflict" role="group" aria-label=${t("Two entries differ")}>
    <p><b>${t("Two entries differ: {kind} {about}", { kind: kindWord(conflict.kind), about: conflict.about })}</b></p>
    ${versions.map((one) => html`<button type="button" class="wide-key" onClick=${() => keep(one)}>
      ${t("Keep {what} ({actor}, {time})", { what: sayValue(one), actor: one.actor, time: formatClock(one.time) })}</button>`)}
  </div>`;
}

/** A yes that is kept counts from her next session: tonight the no that it replaces holds (decision 0024). */
const keepNo = (kept, replaced) =>
  (kept !== null && replaced?.locked_from ? { ...kept, locked_from: replaced.locked_from } : kept);

function sayValue({ kind, value }) {
  if (value === null) return t("that it never was");
  if (kind === "set") return [value.performed.amount ?? "—", ...value.chips].join(", ");
  if (kind === "rpe" || kind === "session_rpe") return value.rating ?? value.missing_reason;
  if (kind === "substitution") return [value.instead?.exercise.replaceAll("-", " ") ?? t("as prescribed"), value.reason_chip].filter(Boolean).join(", ");
  if (kind === "room_climate") return t("{n} °C", { n: value.temperature_c });
  if (kind === "wearing") return value.strap;
  if (kind === "plyometric_signoff") return value.ready ? t("ready from her next session") : t("not ready for jumps");
  const known = ["bpm", "feeling_0_10", "qualification", "tiredness_0_10", "text"].find((name) => value[name] !== undefined);
  return known ? value[known] ?? "—" : t("this one");
}
