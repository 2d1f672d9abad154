// After the circuit: everybody's sets tonight, woman by woman, each to be said otherwise as in her drawer.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { readOne } from "../state/set_acts.js";
import { listWhoCame, sumSets } from "../state/sets_tonight.js";
import { signCode } from "../state/people.js";
import { HerSets, sayDone } from "./her_sets.js";
import { useMeant } from "./meant.js";
import { OneSet } from "./one_set.js";
import { PersonHead } from "./person_head.js";
import { beginAtTop, useScrollPlace } from "./scroll_place.js";

/** @param {{onDone: () => void}} props */
export function SetsTonight({ onDone }) {
  const [code, setCode] = useState(null);
  const [set, setSet] = useState(null);
  const [places] = useState(() => ({ all: beginAtTop(), hers: {} }));
  const [settled] = useMeant(`${code} ${set?.name}`); // each step draws other keys under the finger
  return html`<section class="assumed-sets sets-tonight" inert=${!settled} aria-label=${t("Somebody's sets tonight")}>
    ${code === null ? html`<${Everybody} place=${places.all} onPick=${setCode} onDone=${onDone} />`
    : set === null ? html`<${Hers} code=${code} place=${(places.hers[code] ??= beginAtTop())} onOpen=${setSet} onBack=${() => setCode(null)} onDone=${onDone} />`
    : html`<${OneSet} code=${code} set=${set} said=${sayDone(readOne(code, set))} back=${t("◂ {who}: her sets", { who: signCode(code) })}
        onBack=${() => setSet(null)} onDone=${onDone} />`}
  </section>`;
}

function Everybody({ place, onPick, onDone }) {
  const list = useScrollPlace(place);
  const [codes] = useState(listWhoCame); // whoever comes later moves nobody under the finger
  return html`<h2>${t("Whose sets tonight?")}</h2>
    ${codes.length === 0 && html`<p>${t("Nobody has come tonight.")}</p>`}
    <ul class="who-came" ref=${list}>${codes.map((code) => html`<li key=${code}><${Whose} code=${code} onPick=${onPick} /></li>`)}</ul>
    <div class="pair"><button type="button" class="done" onClick=${onDone}>${t("Done")}</button></div>`;
}

function Whose({ code, onPick }) {
  const { all, entered } = sumSets(code);
  return html`<button type="button" class="wide-key" disabled=${all === 0} onClick=${() => onPick(code)}>
    <span class="row"><${PersonHead} code=${code} /></span>
    <small>${all === 0 ? t("no sets") : t("{n} of {all} entered", { n: entered, all })}</small></button>`;
}

function Hers({ code, place, onOpen, onBack, onDone }) {
  return html`<h2 class="row"><${PersonHead} code=${code} /></h2>
    <${HerSets} key=${code} code=${code} place=${place} onOpen=${onOpen} />
    <div class="pair"><button type="button" class="key" onClick=${onBack}>${t("◂ Everybody")}</button>
      <button type="button" class="done" onClick=${onDone}>${t("Done")}</button></div>`;
}
