// Which part of the session is drawn: everything that draws time listens to it.

const LEAST_MS = 10_000;

/** Times in ms since 1970. @param {number} begins @param {number} ends */
export function createWindow(begins, ends) {
  const listeners = [];
  let from = begins;
  let until = ends;

  function set(wantedFrom, wantedUntil) {
    const width = Math.min(Math.max(wantedUntil - wantedFrom, LEAST_MS), ends - begins);
    const start = Math.min(Math.max(wantedFrom, begins), ends - width);
    if (start === from && start + width === until) return;
    [from, until] = [start, start + width];
    for (const listener of listeners) listener();
  }

  return {
    begins,
    ends,
    get from() { return from; },
    get until() { return until; },
    get isWhole() { return from === begins && until === ends; },
    set,
    whole: () => set(begins, ends),
    /** Twice as close about a moment, or half. */
    zoom(factor, about = (from + until) / 2) {
      const share = (about - from) / (until - from);
      const width = Math.min((until - from) * factor, ends - begins);
      set(about - width * share, about + width * (1 - share));
    },
    pan: (share) => { const by = (until - from) * share; set(from + by, until + by); },
    listen: (listener) => listeners.push(listener),
    /** Pixels of a moment on a width, and back. */
    place: (ms, width) => ((ms - from) / (until - from)) * width,
    read: (x, width) => from + (x / width) * (until - from),
  };
}
