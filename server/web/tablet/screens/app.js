// The frame of every screen: truth line on top, what is going on below, sheets over it. Truth line and
// STOP are there whatever lies over the screen.

import { html } from "../html.js";
import { hand, isGoingOn, resumed, screen, sheet, sheets } from "../state/ui.js";
import { Circuit } from "./circuit.js";
import { EventSheet } from "./event.js";
import { Layer } from "./layer.js";
import { lazy } from "./lazy.js";
import { StopButton } from "./stop_button.js";
import { TruthLine } from "./truth_line.js";
import { UndoBar } from "./undo_bar.js";

const Keyboard = lazy(() => import("./keyboard.js"), "Keyboard", true);
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
  past: lazy(() => import("./past_sessions.js"), "PastSessions"),
  readiness: lazy(() => import("./readiness.js"), "Readiness"),
  who: Who,
};

const BESIDE = ["event", "note"]; // what goes on can be tapped beside these
const WITH_STOP = ["assistant", "circuit"]; // have the key in their bar

export function App({ shell }) {
  const name = screen.value;
  const Screen = SCREENS[name];
  const top = sheet.value?.name;
  const floats = isGoingOn.value && (top ? top !== "event" : !WITH_STOP.includes(name));
  return html`<div class="app" data-screen=${name} data-hand=${(hand.value === "left") === (document.dir !== "rtl") ? "left" : "right"} data-sheet=${top}>
    <${TruthLine} shell=${shell} />
    <div class="stage" inert=${sheets.value.some((one) => !BESIDE.includes(one.name))}>
      <${Screen} shell=${shell} />
    </div>
    ${resumed.value && html`<${ResumeBar} />`}
    <${UndoBar} />
    ${sheets.value.map((one) => html`<${Layer} key=${one.nth} under=${one !== sheet.value}>
      <${SHEETS[one.name]} shell=${shell} ...${one} />
    <//>`)}
    ${floats && html`<${StopButton} floating />`}
    <${Signals} shell=${shell} />
    <${Keyboard} />
  </div>`;
}
