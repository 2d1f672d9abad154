// Sentences of the page: what is wrong changes its words before its colour. Pure.

import { FRESH_FOR_S } from "./ageing.js";

const GATEWAY_SILENT_AFTER_S = 10; // it uploads twice a second
const NEEDS_YOU = ["no_contact", "lost", "weak", "battery"]; // in the order of what to do first
const NAMED_AT_ONCE = 5;

export function describeConnection({ phase, elapsedS, sinceWall }) {
  if (phase === "lost") {
    const since = sinceWall ? ` since ${formatTime(sinceWall)}` : "";
    return {
      lamp: "✕",
      text: `No connection to the server${since}. The gateways keep their own copy.`,
    };
  }
  if (phase === "connecting") return { lamp: "◌", text: "Connecting to the server…" };
  if (elapsedS >= FRESH_FOR_S) {
    return { lamp: "◐", text: `No news from the server for ${Math.floor(elapsedS)} s.` };
  }
  return { lamp: "●", text: `Live. Last update ${elapsedS.toFixed(1)} s ago` };
}

// What is not known any more is not claimed.
export const isCurrent = ({ phase, elapsedS }) => phase === "live" && elapsedS < FRESH_FOR_S;

export function describeFacts(frame, views, elapsedS) {
  const heard = views.filter((view) => !["lost", "unknown"].includes(view.state)).length;
  const gateways = frame.gateways.map(({ gateway, age_s }) => {
    const silentS = Math.floor(age_s + elapsedS);
    return silentS < GATEWAY_SILENT_AFTER_S
      ? `Gateway ${gateway} ✓`
      : `Gateway ${gateway} silent for ${formatDuration(silentS)}. It keeps its own copy.`;
  });
  return views.length ? [`Straps ${heard}/${views.length}`, ...gateways] : gateways;
}

export function describeCount(views) {
  if (views.length === 0) return "No straps";
  const working = views.filter((view) => ["good", "battery"].includes(view.state)).length;
  return `${working} of ${views.length} good`;
}

export function describeAttention(views) {
  const odd = NEEDS_YOU.flatMap((state) => views.filter((view) => view.state === state));
  if (views.length === 0) return "";
  if (odd.length === 0) {
    return views.some((view) => view.state === "unknown") ? "Wait a moment." : "Nothing needs you.";
  }
  const named = odd
    .slice(0, NAMED_AT_ONCE)
    .map((view) => `${view.label ?? view.strap.slice(-5)} ${view.word}`)
    .map((name) => name.replaceAll(" ", "\u00a0")); // lines break between straps only
  const rest = odd.length - named.length;
  return `Look at ${named.join(" · ")}${rest > 0 ? ` · ${rest} more` : ""}`;
}

export function describeEmpty(frame) {
  return frame.gateways.length === 0
    ? "No gateway has called yet. Start one, and straps appear here by themselves."
    : "No straps heard. Wet one, put it on and hold both pads.";
}

function formatTime(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function formatDuration(seconds) {
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
