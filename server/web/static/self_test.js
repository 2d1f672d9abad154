// The self-test's page: a line for each thing that a tablet needs, with a shape, a word and a sentence.

import { loadCatalogue, t } from "/static/translate.js";
import { checkAwake, checkSecure, checkStorage, checkWorker } from "/static/self_test_checks.js";
import { checkClock } from "/static/self_test_clock.js";
import { canPlay, heard, noSound, notHeard, playTone } from "/static/self_test_sound.js";

const SHAPES = { ok: "●", bad: "✕", absent: "▭", open: "◌" };
const words = () => ({ ok: t("OK"), bad: t("Not OK"), absent: t("Not here"), open: t("Not known") });
const lines = document.getElementById("lines");
const summary = document.getElementById("summary");
const again = document.getElementById("again");
const results = new Map();

const listLines = () => [
  ["secure", t("Secure address")],
  ["worker", t("Works offline")],
  ["storage", t("Storage kept")],
  ["awake", t("Screen stays awake")],
  ["sound", t("Sound")],
  ["clock", t("Clock within 1 s of the server")],
];

function beginChecks() {
  const worker = checkWorker();
  return { secure: checkSecure(worker), worker, storage: checkStorage(), awake: checkAwake(), clock: checkClock() };
}

function addLine(name, what) {
  const line = document.createElement("li");
  line.id = name;
  for (const [tag, kind] of [["span", "state"], ["h2", "what"], ["p", "said"]]) {
    const part = document.createElement(tag);
    part.className = kind;
    line.append(part);
  }
  line.querySelector(".what").textContent = what;
  lines.append(line);
}

function show(name, { state, said }) {
  const line = document.getElementById(name);
  line.dataset.state = state;
  const shape = document.createElement("span");
  shape.className = "shape";
  shape.setAttribute("aria-hidden", "true");
  shape.textContent = SHAPES[state];
  line.querySelector(".state").replaceChildren(shape, ` ${words()[state]}`);
  line.querySelector(".said").textContent = said;
  results.set(name, state);
  const good = [...results.values()].filter((one) => one === "ok").length;
  summary.textContent = t("{n} of {all} are OK.", { n: good, all: lines.children.length });
}

function askForSound() {
  if (!canPlay()) return show("sound", noSound());
  show("sound", { state: "open", said: t("Play a tone and say whether you heard it.") });
  offer([[t("Play a tone"), playAndAsk]]);
}

async function playAndAsk() {
  await playTone().catch(() => {});
  offer([[t("I heard it"), () => answerSound(heard())], [t("I heard nothing"), () => answerSound(notHeard())], [t("Play it again"), playAndAsk]]);
}

function answerSound(result) {
  show("sound", result);
  offer([[t("Play it again"), playAndAsk]]);
}

/** Buttons under the line of sound; whoever uses a keyboard stays there. */
function offer(choices) {
  const line = document.getElementById("sound");
  const wasInside = line.contains(document.activeElement);
  line.querySelectorAll("button").forEach((button) => button.remove());
  for (const [text, act] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", act);
    line.append(button);
  }
  if (wasInside) line.querySelector("button").focus();
}

async function test() {
  again.disabled = true;
  results.clear();
  askForSound();
  await Promise.all(Object.entries(beginChecks()).map(async ([name, result]) => {
    show(name, { state: "open", said: t("Testing…") });
    show(name, await result);
  }));
  again.disabled = false;
  document.documentElement.dataset.tested = "true";
}

await loadCatalogue(document.documentElement.lang).catch(() => {}); // then it speaks English
for (const [name, what] of listLines()) addLine(name, what);
again.addEventListener("click", test);
test();
