"""What the straps of the scripted evening show, second by second: invented hearts."""

from collections.abc import Callable

from server.live.frame import Tile
from server.live.strap_state import State
from tests.browser.evening_script import LOSES_STRAP, ON_TIME, SPARE
from tests.live_scene import good_tile, told_tile
from tests.tablet_evening import CODES

SEATED_BPM = 62  # of strap 1; each next strap's heart beats one faster
SHOWN_KNOCK_S = 8.0


class EveningStraps:
    """Those that are worn are on the air, and one spare; one goes silent."""

    def __init__(self, read_s: Callable[[], float]) -> None:
        self._read_s = read_s
        self._on_air = {CODES.index(code) + 1 for code in ON_TIME} | {SPARE}
        self._lost_s: float | None = None
        self._knocked: tuple[int, float] | None = None
        self.above_seated_bpm = 0

    def come(self, code: str) -> None:
        """Her usual strap is on her."""
        self._on_air.add(CODES.index(code) + 1)

    def lose(self) -> None:
        self._lost_s = self._read_s()

    def knock(self, code: str) -> None:
        self._knocked = (CODES.index(code) + 1, self._read_s())

    def read_tiles(self) -> list[Tile]:
        return [self._show(number) for number in sorted(self._on_air)]

    def _show(self, number: int) -> Tile:
        now_s = self._read_s()
        if self._lost_s is not None and number == CODES.index(LOSES_STRAP) + 1:
            minutes, seconds = divmod(int(now_s - self._lost_s), 60)
            word, act = f"Lost {minutes}:{seconds:02d}", "Come closer, or take a spare strap."
            return told_tile(number, State.LOST, word, act, bpm=None, bpm_shown="none")
        knocked_s = None
        if self._knocked is not None and self._knocked[0] == number:
            knocked_s = now_s - self._knocked[1]
            knocked_s = knocked_s if knocked_s < SHOWN_KNOCK_S else None
        bpm = SEATED_BPM + number + self.above_seated_bpm
        return good_tile(number, bpm=bpm, knocked_age_s=knocked_s)
