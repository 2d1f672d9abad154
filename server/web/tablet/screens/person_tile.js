// One woman in 225 × 175: strap, heart rate, effort, what she does now, her three sets.

import { t } from "/static/translate.js";
import { classifyEffort } from "../core/effort.js";
import { html } from "../html.js";
import { cardOf, acceptedEffort, alertOf, clashOf, labelOf, latestEffort, personOf, rivals, stationOf, strapOf, stripOf, targetOf, warming } from "../state/people.js";
import { roundsBegun } from "../state/rounds.js";
import { clock, planned, setsPlannedFor } from "../state/model.js";
import { signCode } from "../state/people.js";
import { toggleDrawer } from "../state/ui.js";
import { Amount, Equipment, Tonight } from "./equipment.js";
import { lazy, lazyAct } from "./lazy.js";
import { useSteady } from "./meant.js";
import { PersonHead } from "./person_head.js";
import { StrapState } from "./strap_state.js";

const Late = lazy(() => import("./late_badge.js"), "Late", true);
const lookAt = lazyAct(() => import("../state/looking.js"), "lookAt");
const BADGES = { away: () => t("Away"), left: () => t("Went home"), absent: () => t("Absent"), expected: () => t("Expected"),
  not_today: () => t("Not today"), stopped: () => t("Stopped"), held: () => t("Held") };

export function PersonTile({ code, isOpen }) {
  const person = personOf(code);
  const alert = alertOf(code);
  const station = stationOf(code);
  const target = station === null ? null : targetOf(code, station);
  const { round } = clock.value;
  const isSteady = useSteady(`${station} ${round}`);
  const observe = () => {
    if (!isOpen && isSteady()) lookAt(code, station, round);
    toggleDrawer(code);
  };
  return html`<button type="button" class="tile" data-code=${code} data-standing=${person.standing} data-alert=${alert?.level ?? "none"}
      data-late=${person.attendance === "late"} aria-pressed=${isOpen} onClick=${observe}>
    <span class="row top"><${PersonHead} code=${code} /><${Corner} code=${code} person=${person} /></span>
    <span class="row mid"><${Heart} code=${code} /><${EffortRing} code=${code} /></span>
    <span class="row ex">${warming.value[code] ? html`<${Late} code=${code} where />` : target === null ? t("No station yet") : html`<${Tonight} level=${person.level} target=${target} /><span lang=${planned.value.language}>${target.name}</span>${" "}<${Amount} prescribed=${target.prescribed} />`}</span>
    <span class="row bd"><${Equipment} target=${target} /><${Ticks} code=${code} station=${station} /></span>
    ${(rivals.value[code] || clashOf(code)) && html`<span class="row swap">${sayDoubt(code)}</span>`}
    ${alert && html`<span class="visually-hidden">${sayAlert(code, alert)}</span>`}
  </button>`;
}

function Corner({ code, person }) {
  if (warming.value[code]) return html`<${Late} code=${code} />`;
  const badge = BADGES[person.standing]?.();
  if (badge) return html`<span class="badge">${badge}</span>`;
  return strapOf(code) === null ? html`<span class="badge">${t("No strap")}</span>` : html`<${StrapState} strip=${stripOf(code)} />`;
}

function Heart({ code }) {
  const strip = stripOf(code);
  const known = strip !== null && strip.shown !== "none";
  const baseline = personOf(code).warmup_hr?.bpm ?? null;
  const off = cardOf(code)?.flags.includes("hr_unreliable");
  const change = known && baseline !== null && !off ? Number(strip.number) - baseline : null;
  return html`<span class="hr" data-shown=${strip?.shown ?? "none"}>${known ? strip.number : "—"}</span>
    <span class="delta">${strip?.age ? t("{seconds} s", { seconds: /\d+/.exec(strip.age)[0] }) : change === null ? "" : sayChange(change)}</span>`;
}

const sayChange = (bpm) => `${bpm >= 0 ? "+" : "−"}${Math.abs(Math.round(bpm))}`;

function EffortRing({ code }) {
  const rating = latestEffort(code);
  if (rating === null) return html`<span class="ring none" aria-label=${t("No effort yet")}>${"–"}</span>`;
  const words = { below: t("below"), in: t("in"), above: t("above") };
  const place = classifyEffort(rating, acceptedEffort());
  return html`<span class="ring" data-place=${place}>${rating}<i>${place ? words[place] : ""}</i></span>`;
}

/** Dashed tick: assumed. Solid tick: observed. Number: still to do. Dash: missed. */
export function Ticks({ code, station }) {
  if (station === null) return null;
  const { sets } = personOf(code);
  const begun = roundsBegun();
  const here = setsPlannedFor(code).filter((set) => set.station === station);
  return html`<span class="ticks">${here.map(({ name, number, round }) => {
    const set = sets[name];
    const kind = set?.missing ? "missed" : !set ? "open" : set.evidence === "assumed" ? "assumed" : "observed";
    const words = { missed: t("set {n} missed", { n: number }), open: t("set {n} to do", { n: number }),
      assumed: t("set {n} assumed", { n: number }), observed: t("set {n} observed", { n: number }) };
    return html`<b class="tick" data-kind=${kind} data-now=${round === begun} aria-label=${words[kind]} role="img">${kind === "open" ? number : kind === "missed" ? "–" : "✓"}</b>`;
  })}</span>`;
}

/** One strap on two women goes first: that isn't a guess. */
export function sayDoubt(code) {
  const clash = clashOf(code);
  if (!clash) return t("◇ Is this strap hers?");
  return t("◇ Strap {label}: on {who} too", { label: labelOf(clash.strap), who: signCode(clash.codes.find((one) => one !== code)) });
}

export function sayAlert(code, { what, values }) {
  const who = signCode(code);
  const sentences = {
    effort: () => t("Look at {who}: effort {effort}, band {low}–{high}", { who, ...values }),
    effort_twice: () => t("Look at {who} now: effort above the band twice, {effort}, band {low}–{high}", { who, ...values }),
    effort_look: () => t("Look at {who}: effort {effort}, the study asks to look from {limit}", { who, ...values }),
    effort_signed: () => t("Look at {who} now: effort {effort}, the study's limit is {limit}", { who, ...values }),
    heart_rate: () => t("Look at {who} now: {bpm} bpm, the study's limit is {limit}", { who, ...values }),
    asks: () => t("{who} asks for a break", { who }),
    lost: () => t("Look at {who}: her strap is lost for more than a minute", { who }),
    warm: () => t("{who} is warm: she can go in", { who }),
    still: () => t("Look at {who}: no movement at {exercise}", { who, ...values }),
    rise: () => t("Look at {who}: heart rate {rise} over her warm-up, usually {usual} tonight",
      { who, rise: sayChange(values.rise), usual: sayChange(values.usual) }),
  };
  return sentences[what]();
}
