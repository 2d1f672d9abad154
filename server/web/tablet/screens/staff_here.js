// Who else of the staff is here tonight: a trainer says that somebody has left, or is back.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { may } from "../state/entering.js";
import { actor, goesOn, state } from "../state/model.js";
import { hasLeft, moveStaff } from "../state/presence.js";
import { useMeant } from "./meant.js";
import { roleWord } from "./truth_line.js";

export function StaffHere() {
  const names = Object.keys(state.value.staff).filter((name) => name !== actor.value?.name).sort();
  if (names.length === 0 || !goesOn() || !may({ kind: "attendance" })) return null;
  return html`<section class="staff-here" aria-label=${t("Staff tonight")}><h2>${t("Staff tonight")}</h2>
    <ul>${names.map((name) => html`<li key=${name}><${One} name=${name} /></li>`)}</ul></section>`;
}

function One({ name }) {
  const left = hasLeft(name);
  const [settled, meant] = useMeant(left);
  const move = left ? () => moveStaff(name, "back", t("{name} is here again", { name })) : () => moveStaff(name, "left", t("{name} has left", { name }));
  const role = roleWord(state.value.staff[name].duty);
  return html`<span><b class="person">${name}</b>${" "}(${left ? t("{role}, has left", { role }) : role})</span>
    <button type="button" class="key" aria-disabled=${!settled} onClick=${meant(move)}>${left ? t("{name} is here again", { name }) : t("{name} has left", { name })}</button>`;
}
