// The same circuit by station: for the trainer who walks. "All as planned" and "And good form"
// stand only here, on the card of the people she has just seen (decision 0022).

import { t, tn } from "/static/translate.js";
import { html } from "../html.js";
import { bundle, clock, participants, planned } from "../state/model.js";
import { alertOf, cardOf, personOf, signCode, stationOf, targetOf } from "../state/people.js";
import { isFormSaid, logGoodForm, logStation, mayBeGood, mayBeSeen } from "../state/card_acts.js";
import { roundsBegun } from "../state/rounds.js";
import { drawer, view } from "../state/ui.js";
import { Amount, Equipment, Tonight } from "./equipment.js";
import { useMeant } from "./meant.js";
import { Picture } from "./picture.js";
import { Ticks } from "./person_tile.js";

const ONCE_MORE = new Set(["once_more", "effort_not_given"]); // the rules that a session here answers

export function Stations({ codes }) {
  const stations = planned.value?.stations ?? [];
  return html`<ul class="stations">
    ${stations.map((station, index) => html`<li key=${station.exercise}>
      <${StationCard} station=${station} index=${index} codes=${codes.filter((code) => stationOf(code) === index)} />
    </li>`)}
  </ul>`;
}

function StationCard({ station, index, codes }) {
  const round = clock.value.round ?? (roundsBegun() || null); // the last sets are seen when it is over, too
  const working = codes.filter((code) => personOf(code).standing === "present");
  return html`<article class="station" aria-label=${station.name}>
    <h2><span class="station-number">${index + 1}</span><span class="station-name" lang=${planned.value.language}>${station.name}</span></h2>
    <${Picture} movement=${station.exercise} />
    <p class="cue"><${WorthSeeing} exercise=${station.exercise} /><span lang=${planned.value.language}>${station.cue}</span></p>
    <ul class="at-station">
      ${codes.map((code) => html`<li key=${code}><${AtStation} code=${code} index=${index} /></li>`)}
      ${codes.length === 0 && html`<li class="hint">${t("Nobody now")}</li>`}
    </ul>
    <${Seen} index=${index} round=${round} working=${working} />
  </article>`;
}

/** One key for what she saw here, then for how it was done: what it stands for changes under her
 * finger, so a bounce says nothing of anybody's form. */
function Seen({ index, round, working }) {
  const open = round === null ? [] : working.filter((code) => mayBeSeen(code, index, round));
  const good = round === null ? [] : working.filter((code) => mayBeGood(code, index, round));
  const asks = open.length > 0 ? "seen" : good.length > 0 ? "form" : "nothing";
  const [settled, meant] = useMeant(`${asks} ${round} ${working}`);
  const names = (codes) => codes.map(signCode).join(", ");
  const act = asks === "seen"
    ? () => logStation(open, index, round, t("{names}: as planned", { names: names(open) }))
    : () => logGoodForm(good, index, round, t("{names}: good form", { names: names(good) }));
  const isDone = asks === "nothing" && round !== null && working.some((code) => isFormSaid(code, index, round));
  return html`<button type="button" class="all-planned" disabled=${asks === "nothing"} aria-disabled=${!settled} onClick=${meant(act)}>
    ${isDone ? t("Form said ✓") : asks === "form" ? t("And good form ✓") : t("All as planned ✓")}</button>`;
}

/** For how many a session here that is seen and rated makes a step: where it is worth standing. */
function WorthSeeing({ exercise }) {
  const n = participants.value.filter(({ code }) => ONCE_MORE.has(bundle.value?.prescriptions?.[code]?.[exercise]?.rule)).length;
  if (n === 0) return null;
  return html`<span class="worth-seeing"><span aria-hidden="true">◎ ${n}</span><span class="visually-hidden">${tn("{n} woman makes a step with one more good session here", "{n} women make a step with one more good session here", n)}</span></span>`;
}

function AtStation({ code, index }) {
  const target = targetOf(code, index);
  const open = () => {
    view.value = "tiles";
    drawer.value = { code };
  };
  return html`<button type="button" class="at" data-standing=${personOf(code).standing} data-alert=${alertOf(code)?.level ?? "none"} onClick=${open}>
    <b>${cardOf(code)?.sign} ${code}</b><${Ticks} code=${code} station=${index} />
    <span class="at-what">${target && html`<${Tonight} level=${personOf(code).level} target=${target} />${target.substitutedFor && html`<span lang=${planned.value.language}>${target.name}</span>${" "}`}<${Amount} prescribed=${target.prescribed} />${" "}<${Equipment} target=${target} />`}</span>
  </button>`;
}
