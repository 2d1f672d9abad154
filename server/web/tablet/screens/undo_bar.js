// What was just entered can be taken back for eight seconds; later it can still be corrected.

import { t } from "/static/translate.js";
import { html } from "../html.js";
import { storeFailure, undo, undoable } from "../state/entering.js";
import { clock, nowMs, things } from "../state/model.js";

export function UndoBar() {
  nowMs.value; // counts down with the clock
  if (storeFailure.value !== null) {
    return html`<div class="undo failure" role="alert">
      <p>${t("This tablet could not save that ({why}). Nothing saved before is lost. Free some space, or go on with paper.", { why: storeFailure.value })}</p>
    </div>`;
  }
  const offer = undoable.value;
  if (offer === null || performance.now() > offer.untilMs || isOver(offer)) return null;
  return html`<div class="undo" role="status">
    <p>${offer.text}</p>
    <button type="button" class="key" onClick=${undo}>${t("Undo")}</button>
  </div>`;
}

/** A hold that is over, whoever ended it: to take it back would only take its seconds out of the clock. */
const isOver = ({ drafts }) => drafts.some(({ kind, supersedes: id }) => kind === "clock_held" &&
  Date.parse(things.value.byId.get(id).value.at) !== Date.parse(clock.value.held_since));
