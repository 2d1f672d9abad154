"""One clock for server, page and straps; it stands still unless a test moves it."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from playwright.sync_api import Page

from server.live.frame import Tile
from server.live.moment import ServerNow
from tests.loopback_site import LoopbackSite

NS_PER_S: Final = 1_000_000_000
BUSY_S: Final = 60.0  # how long a busy machine may take over one frame; nothing is judged by it
MISSED_S: Final = 5.0  # then it is shown again
# Says which frame the page has taken: its own listener runs in the same task, after this one.
# And lets no request be under way while the clocks are moved: an answer that left the server before
# and came after, or the other way round, would show the page a server whose clock is off.
WATCH_PAGE: Final = """
window.framesTaken = 0;
const RealSource = window.EventSource;
window.EventSource = class extends RealSource {
  constructor(...given) {
    super(...given);
    this.addEventListener("frame", (event) => (window.framesTaken = JSON.parse(event.data).frame));
  }
};
const realFetch = window.fetch.bind(window);
let gate = Promise.resolve();
let underWay = 0;
const nextTask = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  channel.port2.postMessage(0);
});
window.fetch = async (...given) => {
  await gate;
  underWay += 1;
  try {
    const response = await realFetch(...given);
    await response.clone().arrayBuffer();
    return response;
  } finally {
    underWay -= 1;
  }
};
window.closeGate = async () => {
  gate = new Promise((open) => (window.openGate = open));
  while (underWay > 0) await nextTask();
};
"""


class SessionTime:
    """UTC as everybody here has it; seconds of the session are counted from its making."""

    def __init__(self) -> None:
        self._start_ns = time.time_ns() // NS_PER_S * NS_PER_S
        self.elapsed_s = 0.0

    def wall_ns(self) -> int:
        return self._start_ns + round(self.elapsed_s * NS_PER_S)

    @property
    def now(self) -> ServerNow:
        return ServerNow(round(self.elapsed_s * NS_PER_S), self.wall_ns())

    def stop_clock_of(self, page: Page) -> None:
        """Before anything is loaded: from now on the page's timers fire when a test says so."""
        start = datetime.fromtimestamp(self.wall_ns() / NS_PER_S, UTC)
        page.add_init_script(WATCH_PAGE)
        # It runs until it is paused, and can't be paused in its past.
        page.clock.install(time=start - timedelta(minutes=10))
        page.clock.pause_at(start)


class ToldStraps:
    """Moves the clock and tells a frame at each step, which the page has taken when it returns."""

    def __init__(
        self,
        site: LoopbackSite,
        page: Page,
        clock: SessionTime,
        read_tiles: Callable[[], Sequence[Tile]],
    ) -> None:
        self._site, self._page, self._clock, self._read_tiles = site, page, clock, read_tiles
        self.n_frames = 0

    def advance(self, seconds: float, step_s: float = 1.0) -> None:
        """`step_s` between frames: straps report once a second."""
        until_s = self._clock.elapsed_s + seconds
        while (left_s := until_s - self._clock.elapsed_s) > 1e-6:
            self.pass_unseen(min(step_s, left_s))
            self._tell()

    def pass_unseen(self, seconds: float) -> None:
        """Time without a frame: for a page that has no stream yet."""
        self._page.evaluate("closeGate()")
        self._clock.elapsed_s += seconds
        self._page.clock.fast_forward(round(seconds * 1000))
        self._page.evaluate("openGate()")

    def _tell(self) -> None:
        self.n_frames += 1
        given_up_s = time.monotonic() + BUSY_S
        while not self._show():  # a page that opened its stream anew just now missed it
            if time.monotonic() > given_up_s:
                raise TimeoutError(f"the page did not take a frame within {BUSY_S:.0f} s")

    def _show(self) -> bool:
        """Whether the page took it within some seconds."""
        self._site.show(self._read_tiles(), now=self._clock.now)
        missed_s = time.monotonic() + MISSED_S
        while self._page.evaluate("window.framesTaken") < self._site.n_frames:
            if time.monotonic() > missed_s:
                return False
        return True
