// Sentences of the page: what is wrong changes its words before its colour. Pure.

import { FRESH_FOR_S } from "./ageing.js";
import { sayWord } from "./strap_words.js";
import { t } from "./translate.js";

const GATEWAY_SILENT_AFTER_S = 10; // it uploads twice a second
const NEEDS_YOU = ["no_contact", "lost", "weak", "battery"]; // in the order of what to do first
const NAMED_AT_ONCE = 5;

export function describeConnection({ phase, elapsedS, sinceWall }) {
  if (phase === "signed_out") {
    return { lamp: "✕", text: t("You are signed out. The gateways go on recording.") };
  }
  if (phase === "lost") return { lamp: "✕", text: describeLoss(sinceWall) };
  if (phase === "connecting") return { lamp: "◌", text: t("Connecting to the server…") };
  if (elapsedS >= FRESH_FOR_S) {
    const seconds = Math.floor(elapsedS);
    return { lamp: "◐", text: t("No news from the server for {seconds} s.", { seconds }) };
  }
  const seconds = elapsedS.toFixed(1);
  return { lamp: "●", text: t("Live. Last update {seconds} s ago", { seconds }) };
}

function describeLoss(sinceWall) {
  if (!sinceWall) return t("No connection to the server. The gateways keep their own copy.");
  return t("No connection to the server since {time}. The gateways keep their own copy.", {
    time: formatTime(sinceWall),
  });
}

// What is not known any more is not claimed.
export const isCurrent = ({ phase, elapsedS }) => phase === "live" && elapsedS < FRESH_FOR_S;

export function describeFacts(frame, views, elapsedS) {
  const heard = views.filter((view) => !["lost", "unknown"].includes(view.state)).length;
  const gateways = frame.gateways.map(({ gateway, age_s }) => {
    const silentS = Math.floor(age_s + elapsedS);
    if (silentS < GATEWAY_SILENT_AFTER_S) return t("Gateway {gateway} ✓", { gateway });
    const duration = formatDuration(silentS);
    return t("Gateway {gateway} silent for {duration}. It keeps its own copy.", { gateway, duration });
  });
  const straps = t("Straps {heard}/{all}", { heard, all: views.length });
  return views.length ? [straps, ...gateways] : gateways;
}

export function describeCount(views) {
  if (views.length === 0) return t("No straps");
  const working = views.filter((view) => ["good", "battery"].includes(view.state)).length;
  return t("{working} of {all} good", { working, all: views.length });
}

export function describeAttention(views) {
  const disputed = views.filter((view) => view.conflict); // whose numbers these are comes first
  const odd = NEEDS_YOU.flatMap((state) => views.filter((view) => view.state === state && !view.conflict));
  odd.unshift(...disputed);
  if (views.length === 0) return "";
  if (odd.length === 0) {
    const waits = views.some((view) => view.state === "unknown");
    return waits ? t("Wait a moment.") : t("Nothing needs you.");
  }
  const names = odd
    .slice(0, NAMED_AT_ONCE)
    .map((view) => `${view.label ?? view.strap.slice(-5)} ${view.conflict ? t("Two straps?") : sayWord(view.word)}`)
    .map((name) => name.replaceAll(" ", "\u00a0")) // lines break between straps only
    .join(" · ");
  const more = odd.length - NAMED_AT_ONCE;
  return more > 0 ? t("Look at {names} · {more} more", { names, more }) : t("Look at {names}", { names });
}

export function describeEmpty(frame) {
  return frame.gateways.length === 0
    ? t("No gateway has called yet. Start one, and straps appear here by themselves.")
    : t("No straps heard. Wet one, put it on and hold both pads.");
}

function formatTime(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function formatDuration(seconds) {
  return seconds < 60
    ? t("{seconds} s", { seconds })
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
