// How it is known what a set was.

import { t } from "/static/translate.js";

const EVIDENCE = { observed: () => t("seen"), sensor: () => t("seen by a sensor"), self_report: () => t("she says so") };

export const sayEvidence = (evidence) => EVIDENCE[evidence]?.() ?? t("nobody saw it");
