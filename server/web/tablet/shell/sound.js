// Tones made by the tablet itself: nothing to load, nothing over Bluetooth beside the straps.

import { signal } from "@preact/signals";

/** What signals a change; each can be off. */
export const signalsOn = { tone: signal(true), voice: signal(true), flash: signal(true) };
let audio = null;

/** Browsers let sound begin only with a tap: the first one opens it. */
addEventListener("pointerdown", () => {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}, { passive: true });

function beep(hertz, atS, forS) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.4, audio.currentTime + atS);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + atS + forS);
  tone.connect(volume).connect(audio.destination);
  tone.start(audio.currentTime + atS);
  tone.stop(audio.currentTime + atS + forS);
}

const play = (...tones) => signalsOn.tone.value && audio !== null && tones.forEach((tone) => beep(...tone));

export const playWarning = () => play([660, 0, 0.2]);
export const playChange = () => play([880, 0, 0.25], [880, 0.3, 0.25], [1175, 0.6, 0.5]);
export const playAct = () => play([520, 0, 0.4]);

/** A short voice, where the system has one in the page's language. */
export function speak(sentence) {
  if (!signalsOn.voice.value || !globalThis.speechSynthesis) return;
  const voice = new SpeechSynthesisUtterance(sentence);
  voice.lang = document.documentElement.lang;
  speechSynthesis.speak(voice);
}
