// A tone that a person asks for and hears, or doesn't: browsers play none before a tap.

import { t } from "/static/translate.js";
import { absent, bad, ok } from "/static/self_test_result.js";

const HERTZ = 880;
const LASTS_S = 0.7;

export const canPlay = () => typeof globalThis.AudioContext === "function";

export const noSound = () => absent(t("This browser can't play tones. Watch the screen for the change of stations."));

export const heard = () => ok(t("You heard the tone."));

export const notHeard = () => bad(t("You heard nothing. Turn the volume up, switch silent mode off, and don't use Bluetooth loudspeakers beside the straps."));

export async function playTone() {
  const audio = new AudioContext();
  await audio.resume();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = HERTZ;
  volume.gain.setValueAtTime(0.4, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + LASTS_S);
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => audio.close();
  tone.start();
  tone.stop(audio.currentTime + LASTS_S);
}
