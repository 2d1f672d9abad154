// The frame of every screen: truth line on top, what is going on below, sheets over it.

import { html } from "../html.js";
import { actor } from "../state/model.js";
import { hand, resumed, screen, sheet } from "../state/ui.js";
import { Circuit } from "./circuit.js";
import { EventSheet } from "./event.js";
import { lazy } from "./lazy.js";
import { StopButton } from "./stop_button.js";
import { TruthLine } from "./truth_line.js";
import { UndoBar } from "./undo_bar.js";

const ResumeBar = lazy(() => import("./resume.js"), "ResumeBar", true);
const Signals = lazy(() => import("./signals.js"), "Signals", true);
const Closing = lazy(() => import("./closing.js"), "Closing");
const Who = lazy(() => import("./who.js"), "Who");
const SCREENS = {
  who: Who,
  assistant: lazy(() => import("./assistant.js"), "Assistant"),
  today: lazy(() => import("./today.js"), "Today"),
  room_check: lazy(() => import("./room.js"), "RoomCheck"),
  arrivals: lazy(() => import("./arrivals.js"), "Arrivals"),
  warmup: lazy(() => import("./warmup.js"), "WarmUp"),
  circuit: Circuit,
  cooldown: lazy(() => import("./cooldown.js"), "Cooldown"),
  closing: Closing,
  closed: Closing,
};
const SHEETS = {
  connection: lazy(() => import("./connection.js"), "ConnectionSheet"),
  effort: lazy(() => import("./effort.js"), "EffortSheet"),
  event: EventSheet,
  feeling: lazy(() => import("./feeling.js"), "FeelingSheet"),
  note: lazy(() => import("./note.js"), "NoteSheet"),
  readiness: lazy(() => import("./readiness.js"), "Readiness"),
  who: Who,
};

export function App({ shell }) {
  const name = screen.value;
  const Screen = SCREENS[name];
  const Sheet = sheet.value && SHEETS[sheet.value.name];
  return html`<div class="app" data-screen=${name} data-hand=${hand.value} data-sheet=${sheet.value?.name}>
    <${TruthLine} shell=${shell} />
    <div class="stage">
      <${Screen} shell=${shell} />
    </div>
    ${resumed.value && html`<${ResumeBar} />`}
    <${UndoBar} />
    ${actor.value !== null && !Sheet && !["who", "assistant", "today", "closed", "circuit"].includes(name) && html`<${StopButton} floating />`}
    ${Sheet && html`<${Sheet} shell=${shell} ...${sheet.value} />`}
    <${Signals} />
  </div>`;
}
