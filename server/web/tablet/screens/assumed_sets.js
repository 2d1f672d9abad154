// T10: the sets of one station that nobody saw, woman by woman and round by round. What she says
// herself is kept as that, and never counts as seen.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { isPlanned, makePlanned } from "../core/set_changes.js";
import { html } from "../html.js";
import { participants, planned } from "../state/model.js";
import { personOf, setAt, signCode } from "../state/people.js";
import { findSet, logSet, readSet } from "../state/set_acts.js";
import { sayEvidence } from "./evidence_words.js";
import { useMeant } from "./meant.js";
import { OneSet } from "./one_set.js";
import { beginAtTop, useScrollPlace } from "./scroll_place.js";

export function AssumedSets({ station, onDone }) {
  const [rows] = useState(() => listOpen(station)); // a row that was said stays under the finger
  const [different, setDifferent] = useState(null);
  const [place] = useState(beginAtTop);
  const [settled] = useMeant(different);
  const name = planned.value?.stations[station]?.name ?? "";
  return html`<section class="assumed-sets" inert=${!settled} aria-label=${t("How it was at station {station}, {name}", { station: station + 1, name })}>
    ${different ? html`<${Different} key="different" ...${different} onDone=${() => setDifferent(null)} />`
    : html`<h2>${t("How it was at station {station}, {name}", { station: station + 1, name })}</h2>
      <${Rows} rows=${rows} place=${place} onDifferent=${setDifferent} />
      <button type="button" class="done" onClick=${onDone}>${t("Back to the list")}</button>`}
  </section>`;
}

/** Those that can be said: where she was there twice in a round, a tap is about the last time. */
function listOpen(station) {
  const rows = participants.value.flatMap(({ code }) => Object.entries(personOf(code).sets)
    .filter(([name, set]) => set.station === station && set.evidence === "assumed" && setAt(code, station, set.round)?.name === name)
    .map(([, { round }]) => ({ code, station, round })));
  return rows.sort((one, other) => one.round - other.round);
}

function Rows({ rows, place, onDifferent }) {
  const list = useScrollPlace(place);
  return html`<ul ref=${list}>${rows.map((row) => html`<${Row} key=${row.code + row.round} ...${row} onDifferent=${(evidence) => onDifferent({ ...row, evidence })} />`)}</ul>`;
}

function Row({ code, station, round, onDifferent }) {
  const { isEntered, value } = readSet(code, station, round);
  const said = isEntered ? value.evidence : null;
  const who = t("{who}, round {n}", { who: signCode(code), n: round });
  const asPlanned = (evidence, word) => html`<button type="button" class="key" aria-pressed=${said === evidence && isPlanned(value)}
    onClick=${() => logSet(code, station, round, (set) => ({ ...makePlanned(set), evidence }), t("{who}: {word}", { who, word }))}>${word}</button>`;
  const other = (evidence, word) => html`<button type="button" class="key" onClick=${() => onDifferent(evidence)}>${word}</button>`;
  return html`<li><div class="odd" role="group" aria-label=${who}><p>${who}${" · "}${sayEvidence(said)}</p>
    ${asPlanned("observed", t("Seen as planned"))}${other("observed", t("Seen, different ▸"))}
    ${asPlanned("self_report", t("She says as planned"))}${other("self_report", t("She says different ▸"))}</div></li>`;
}

function Different({ code, station, round, evidence, onDone }) {
  const [set] = useState(() => findSet(code, station, round));
  return html`<${OneSet} code=${code} set=${set} said=${sayEvidence(evidence)} evidence=${evidence} back=${t("Back to the sets")} onBack=${onDone} />`;
}
