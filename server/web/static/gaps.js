// What gateways declared missing lately, a row each: newest first, in words.

import { t, tn } from "./translate.js";

export function createGapList(list, count, body) {
  let shown = null;

  function show(gaps) {
    if (gaps === undefined || gaps === shown) return; // a server from before tells of none
    shown = gaps;
    list.hidden = false;
    setText(count, describeGaps(gaps));
    body.closest(".gap-rows").hidden = gaps.length === 0;
    while (body.children.length > gaps.length) body.lastChild.remove();
    gaps.forEach((gap, place) => showRow(body.children[place] ?? createRow(body), gap));
  }

  return { show };
}

function describeGaps(gaps) {
  if (gaps.length === 0) return t("No gap was declared in the last 30 min");
  return tn("{n} gap in the last 30 min", "{n} gaps in the last 30 min", gaps.length);
}

function nameStream(stream) {
  const names = {
    all: t("Everything"),
    heart_rate: t("Heart rate"),
    movement: t("Movement"),
    other: t("Something else"),
  };
  return names[stream] ?? stream;
}

function explainReason(reason) {
  const sentences = {
    link_lost: t("Out of reach, off or asleep"),
    stream_stalled: t("Connected, but nothing came"),
    gateway_down: t("The gateway was off"),
    journal_full: t("The gateway's disk was full"),
    quarantined: t("The server refused it; the gateway keeps it"),
    journal_damaged: t("Damaged on the gateway's disk"),
  };
  return sentences[reason] ?? reason;
}

function createRow(body) {
  const row = body.appendChild(document.createElement("tr"));
  const name = row.appendChild(document.createElement("th"));
  name.scope = "row";
  for (let cell = 0; cell < 4; cell += 1) row.appendChild(document.createElement("td"));
  return row;
}

function showRow(row, gap) {
  const words = [
    gap.label ?? gap.strap.slice(-5),
    nameStream(gap.stream),
    formatTime(gap.from_utc),
    formatTime(gap.to_utc),
    explainReason(gap.reason),
  ];
  words.forEach((word, place) => setText(row.children[place], word));
}

function formatTime(utc) {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
  return new Date(utc).toLocaleTimeString("en-GB", options);
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
