// A no to jumps that only a bundle tells, fetched after tonight's prescriptions were written: from then on
// she does what stands in for them, and that is entered, so that both folds know it (decision 0024).

import { effect, untracked } from "@preact/signals";
import { chooseOpen } from "../core/fold/substitutes.js";
import { draftUnseen } from "./substituting.js";
import { actor, bundle, planned, things } from "./model.js";
import { enter, may, readNowUtc } from "./entering.js";
import { goesOn } from "./going_on.js";
import { NOT_READY, personOf } from "./people.js";

/** Whoever is signed in makes the entries, as for heart rates; an assistant may not. */
export const watchLaterNos = () => effect(() => {
  if (listLaterNos().length > 0) untracked(() => enter(() => listLaterNos().flatMap(draftInstead)));
});

/** @returns {{code: string, station: object, open: object}[]} `open`: what she may do there, which the folds don't know */
function listLaterNos() {
  if (actor.value === null || !goesOn() || !may({ kind: "substitution" })) return [];
  const barred = bundle.value?.people.filter((person) => !person.plyometrics_ready) ?? [];
  return barred.flatMap(({ code }) => (isUntold(code) ? planned.value.stations.flatMap((station) => findOpen(code, station)) : []));
}

/** A no of tonight is told already, and an older bundle than what was prescribed knows less. */
function isUntold(code) {
  const { plyometric_signoff: signed, prescription } = personOf(code);
  return !signed?.locked_from && prescription !== null &&
    things.value.byId.get(prescription.event).time < Date.parse(bundle.value.server_utc);
}

function findOpen(code, station) {
  const { prescription, substitutions } = personOf(code);
  const told = prescription.exercises[station.exercise] ?? null;
  const instead = substitutions[station.exercise]?.instead;
  const open = chooseOpen(told, instead, false);
  return open === (instead ?? told) ? [] : [{ code, station, open: open === told ? null : open }];
}

const draftInstead = ({ code, station, open }) => [...draftUnseen(code, station), {
  kind: "substitution", about: `${code}/${station.exercise}`,
  value: { at: readNowUtc(), instead: open && { ...open, locked: false }, reason_chip: NOT_READY },
}];
