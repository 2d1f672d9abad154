// One event stream that never gives up. Says in which phase it is and how old its last frame is.

import { startDelay } from "./delay.js";
import { startElapsed } from "./elapsed.js";

const REOPEN_AFTER_MS = 3000; // after a refusal the browser itself doesn't try again
const SELF_PATH = "/api/v1/self"; // an EventSource doesn't tell why it was refused: this does
const SILENT_AFTER_S = 8; // a frame comes every second: this stream is dead though it looks open

export function openConnection(path, onFrame) {
  let source = null;
  let reopening = 0;
  let broken = false;
  let signedOut = false;
  let frame = null;
  let wall = null;
  let sinceFrame = startElapsed(); // since the newest frame was built
  let sinceNews = startElapsed(); // since anything came
  const measureDelay = startDelay();
  let sinceOpening = startElapsed();

  function open() {
    clearTimeout(reopening);
    reopening = 0;
    signedOut = false;
    source?.close();
    sinceOpening = startElapsed();
    source = new EventSource(path);
    source.addEventListener("frame", (event) => {
      frame = JSON.parse(event.data);
      wall = new Date();
      sinceFrame = startElapsed(measureDelay(frame.server_monotonic_ns));
      sinceNews = startElapsed();
      broken = false;
      onFrame();
    });
    source.addEventListener("error", () => {
      broken = true;
      if (source.readyState === EventSource.CLOSED && !reopening) {
        reopening = setTimeout(open, REOPEN_AFTER_MS);
        lookWhetherSignedOut();
      }
    });
  }

  async function lookWhetherSignedOut() {
    const answer = await fetch(SELF_PATH).catch(() => null);
    if (answer?.status !== 401) return;
    signedOut = true;
    clearTimeout(reopening);
    onFrame();
  }

  function check() {
    if (signedOut) return;
    if (Math.min(sinceNews(), sinceOpening()) < SILENT_AFTER_S || reopening) return;
    broken = true;
    open();
  }

  function read() {
    const phase = signedOut ? "signed_out" : broken ? "lost" : frame === null ? "connecting" : "live";
    return { phase, frame, elapsedS: sinceFrame(), sinceWall: wall };
  }

  open();
  return { read, check, retry: open };
}
