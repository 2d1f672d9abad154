"""A circuit whose clock a test moves: a second and a live frame at a time."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from server.live.frame import Gateway, Tile
from server.live.moment import ServerNow
from tests.browser.session_time import WATCH_PAGE
from tests.browser.tablet_page import TabletPage

READ_CLOCK: Final = """
async () => {
  const { clock } = (await import("/tablet/app/state/model.js"));
  return [clock.value.kind, clock.value.round, clock.value.slot];
}
"""
MOST_S: Final = 2000  # longer than any circuit of a test

ReadTiles = Callable[[str, int], Sequence[Tile]]  # what the clock shows, and its slot


class SteppedFloor:
    """`read_tiles` says what the straps tell in each second, `gateways` what gateways do."""

    def __init__(
        self,
        tablet: TabletPage,
        read_tiles: ReadTiles,
        gateways: Sequence[Gateway] = (Gateway("gym", 0.2),),
    ) -> None:
        self.tablet, self.page, self._read_tiles = tablet, tablet.page, read_tiles
        self._gateways = gateways
        self._second = 0

    @staticmethod
    def prepare(tablet: TabletPage) -> None:
        """Before anything is loaded."""
        tablet.page.add_init_script(WATCH_PAGE)
        tablet.page.clock.install()

    def stop_clock(self) -> None:
        """The server's too: a page that learned that one went on would go on with it."""
        moment = datetime.now(UTC) + timedelta(seconds=2)
        self.page.clock.pause_at(moment)
        self.tablet.ledger.stopped_at = moment

    def go_to(self, round_: int, slot: int) -> None:
        """Until the work of a slot runs."""
        for _ in range(MOST_S):
            kind, *now = self.page.evaluate(READ_CLOCK)
            if kind == "work" and now == [round_, slot]:
                return
            self.pass_second(self._read_tiles(kind, now[1]))
        raise AssertionError(f"round {round_}, slot {slot} never came")

    def work_on(self, seconds: int) -> None:
        for _ in range(seconds):
            kind, _, slot = self.page.evaluate(READ_CLOCK)
            self.pass_second(self._read_tiles(kind, slot))

    def pass_second(self, tiles: Sequence[Tile], seconds: float = 1.0) -> None:
        """Time, and a frame at its end, which the page has taken."""
        self._second += 1
        self.page.evaluate("closeGate()")
        self.page.clock.run_for(round(1000 * seconds))
        self.tablet.ledger.offset += timedelta(seconds=seconds)
        self.page.evaluate("openGate()")
        while not self._show(tiles):  # a page that opened its stream anew just now missed it
            pass

    def _show(self, tiles: Sequence[Tile]) -> bool:
        """Whether the page took it within some seconds."""
        taken = self.page.evaluate("framesTaken")
        self.tablet.wait_for_stream()
        now = ServerNow(self._second * 1_000_000_000, 0)
        self.tablet.site.show(tiles, self._gateways, now)
        for _ in range(400):
            if self.page.evaluate("framesTaken") > taken:
                return True
            self.page.wait_for_timeout(5)
        return False
