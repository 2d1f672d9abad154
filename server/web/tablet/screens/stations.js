// The same circuit by station: for the trainer who walks. "All as planned" stands only here, on the
// card of the people she has just seen.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { clock, planned } from "../state/model.js";
import { alertOf, cardOf, personOf, signCode, stationOf, targetOf } from "../state/people.js";
import { isOpenSet, logStation } from "../state/set_acts.js";
import { drawer, view } from "../state/ui.js";
import { Ticks } from "./person_tile.js";
import { sayAmount, sayEquipment } from "./set_words.js";

export function Stations({ codes }) {
  const stations = planned.value?.stations ?? [];
  return html`<ul class="stations">
    ${stations.map((station, index) => html`<li key=${station.exercise}>
      <${StationCard} station=${station} index=${index} codes=${codes.filter((code) => stationOf(code) === index)} />
    </li>`)}
  </ul>`;
}

function StationCard({ station, index, codes }) {
  const round = clock.value.round;
  const working = codes.filter((code) => personOf(code).standing === "present");
  const open = round === null ? [] : working.filter((code) => isOpenSet(code, index, round));
  const names = working.map(signCode).join(", ");
  return html`<article class="station" aria-label=${station.name}>
    <h2><span class="station-number">${index + 1}</span><span class="station-name" lang=${planned.value.language}>${station.name}</span></h2>
    <p class="cue" lang=${planned.value.language}>${station.cue}</p>
    <ul class="at-station">
      ${codes.map((code) => html`<li key=${code}><${AtStation} code=${code} index=${index} /></li>`)}
      ${codes.length === 0 && html`<li class="hint">${t("Nobody now")}</li>`}
    </ul>
    <button type="button" class="all-planned" disabled=${open.length === 0}
      onClick=${() => logStation(open, index, round, t("{names}: as planned", { names }))}>
      ${open.length === 0 && working.length > 0 && round !== null ? t("Seen ✓") : t("All as planned ✓")}</button>
  </article>`;
}

function AtStation({ code, index }) {
  const target = targetOf(code, index);
  const open = () => {
    view.value = "tiles";
    drawer.value = { code };
  };
  return html`<button type="button" class="at" data-standing=${personOf(code).standing} data-alert=${alertOf(code)?.level ?? "none"} onClick=${open}>
    <b>${cardOf(code)?.sign} ${code}</b><${Ticks} code=${code} station=${index} />
    <span class="at-what">${target && html`<b>${sayAmount(target.prescribed)}</b>${" "}${sayEquipment(target)}`}</span>
  </button>`;
}
