// What the session adds up to: observed and assumed are never one number.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { sumCoverage } from "../core/coverage.js";
import { coverage } from "../state/coverage.js";
import { state } from "../state/model.js";

export function Summary() {
  const { counts, events } = state.value;
  const done = counts.observed + counts.sensor + counts.self_report;
  const delivered = done + counts.assumed;
  const share = delivered === 0 ? "–" : Math.round((done / delivered) * 100);
  const rows = [
    [t("Here"), t("{n} of {all}", { n: counts.present, all: counts.people })],
    [t("Sets delivered"), t("{n} of {all}", { n: delivered, all: counts.sets_prescribed + counts.extra })],
    [t("Of these observed"), t("{n} ({share} %)", { n: done, share })],
    [t("Assumed as planned"), counts.assumed],
    [t("Missed"), counts.missed],
    [t("Effort ratings"), t("{n} given, {missing} missing", { n: counts.rpe_given, missing: counts.rpe_missing })],
    [t("Heart rate heard"), sayCoverage()],
    [t("Events"), Object.keys(events).length],
    [t("To decide"), counts.conflicts],
  ];
  return html`<dl class="summary">${rows.map(([what, value]) => html`<div><dt>${what}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Of the time that straps were worn; unknown is never 0 %. */
function sayCoverage() {
  const { share_pct: share, n, all } = sumCoverage(coverage.value ?? []);
  if (coverage.value === null || (all > 0 && n === 0)) return t("not known yet");
  return all === 0 ? t("no straps") : t("{share} % of the time of {n} of {all} straps", { share, n, all });
}
