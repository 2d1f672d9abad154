// Dragging: over the drawing it chooses a part of the time, a strap's bar goes to another lane.

import { bar } from "./review_svg.js";
import { t } from "./translate.js";

const LEAST_PX = 5;

/** `read(x)` is the moment at a place of the drawing. */
export function brush(svg, read, choose, reset) {
  let start = null;
  let mark = null;
  const x = (event) => Math.min(Math.max(event.clientX - svg.getBoundingClientRect().left, 0), svg.clientWidth);
  const end = () => { mark?.remove(); [start, mark] = [null, null]; };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.classList.contains("movable")) return;
    start = x(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start === null) return;
    mark?.remove();
    const [from, until] = [start, x(event)].sort((one, other) => one - other);
    mark = bar(from, until, 0, svg.clientHeight, "brush");
    svg.append(mark);
  });
  svg.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [from, until] = [start, x(event)].sort((one, other) => one - other);
    end();
    if (until - from >= LEAST_PX) choose(read(from), read(until));
  });
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("dblclick", reset);
}

/** A strap's bar dropped on another lane asks the server what that would change. */
export function moveStraps(lanes, tell) {
  let held = null;
  const under = (event) => lanes.find(({ node }) => {
    const { top, bottom } = node.getBoundingClientRect();
    return event.clientY >= top && event.clientY < bottom;
  });
  const leave = () => { for (const { node } of lanes) node.classList.remove("target"); };

  for (const lane of lanes) {
    lane.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.target.classList.contains("movable")) return;
      held = { lane, about: event.target.dataset.about, strap: event.target.dataset.strap };
      lane.svg.setPointerCapture(event.pointerId);
    });
    lane.svg.addEventListener("pointermove", (event) => {
      if (held === null) return;
      leave();
      const target = under(event);
      if (target === undefined || target === held.lane) return;
      target.node.classList.add("target");
      tell(t("Give {strap} to {who}: let go for a preview", { strap: held.strap, who: target.lane.participant }));
    });
    lane.svg.addEventListener("pointerup", (event) => {
      if (held === null) return;
      const [{ about }, target, own] = [held, under(event), held.lane];
      held = null;
      leave();
      const asked = new URLSearchParams({ about });
      if (target === undefined) return;
      if (target !== own) asked.set("wearer", target.lane.participant);
      location.assign(`?${asked}#assign`);
    });
    lane.svg.addEventListener("pointercancel", () => { held = null; leave(); });
  }
}
