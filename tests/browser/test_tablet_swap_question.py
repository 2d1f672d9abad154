"""Two straps on each other's woman: the movement of the first round asks, a person answers."""

from typing import Final

import pytest
from playwright.sync_api import expect

from server.live.frame import Tile
from tests.browser.stepped_floor import SteppedFloor
from tests.browser.tablet_page import TabletPage
from tests.live_scene import good_tile
from tests.tablet_evening import CODES, make_planned, serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WORK_S: Final = 16
REST_S: Final = 4
QUESTION: Final = "Is this strap hers?"
# Mean activity at each of the double's stations, mg: chair, band, stance, all fours, walk, band,
# lunge, on the back.
LEVELS_MG: Final = (75, 20, 10, 12, 130, 16, 60, 6)


class MovingFloor(SteppedFloor):
    """Fifteen women who rotate, and whose straps tell how their wearers move, second by second."""

    def __init__(self, tablet: TabletPage, worn: dict[str, int]) -> None:
        super().__init__(tablet, self._tell)
        self.worn = worn  # who really wears which number
        self.silent: set[int] = set()  # numbers that tell a heart rate alone

    def _tell(self, kind: str, slot: int) -> list[Tile]:
        tiles = []
        for place, code in enumerate(CODES):
            level = LEVELS_MG[(place + slot - 1) % len(LEVELS_MG)] if kind == "work" else 5
            vigour = 0.8 + 0.03 * place
            number = self.worn[code]
            activity_mg = None if number in self.silent else level * vigour
            tiles.append(good_tile(number, activity_mg=activity_mg))
        return tiles

    def list_asked(self) -> list[str]:
        return [code for code in CODES if QUESTION in self.tablet.tile(code).inner_text()]


def give(tablet: TabletPage, code: str, number: int) -> None:
    """In the strap panel that is open for her."""
    for digit in f"{number:02d}":
        tablet.tap(digit, ".pad")
    tablet.tap("This strap is hers")
    expect(tablet.page.locator(".drawer")).to_contain_text("Another strap")


def test_movement_of_another_womans_stations_asks_on_both_tiles(tablet: TabletPage) -> None:
    page = tablet.page
    tablet.ledger.planned = make_planned(rounds=2, work_s=WORK_S, rest_s=REST_S)
    SteppedFloor.prepare(tablet)
    tablet.reach_circuit(CODES)
    tablet.wait_for_stream()
    worn = {code: place for place, code in enumerate(CODES, 1)}
    worn |= {"P01": 5, "P05": 1, "P07": 11, "P11": 7}
    floor = MovingFloor(tablet, worn)
    floor.stop_clock()
    floor.go_to(1, 5)
    assert floor.list_asked() == []  # four slots are too few
    floor.go_to(1, 7)
    assert floor.list_asked() == ["P01", "P05", "P07", "P11"]
    tablet.picture("swap-by-movement")

    tablet.tile("P11").tap()
    question = page.locator(".drawer .question")
    expect(question).to_contain_text("It moves as Ink P07's should, and Ink P07's as hers should.")
    tablet.picture("swap-by-movement-question")
    tablet.tap("Yes", ".question")
    expect(question).to_have_count(0)
    tablet.tap("Done", ".drawer")
    assert floor.list_asked() == ["P01", "P05"]

    tablet.tile("P01").tap()
    tablet.tap("Swap…", ".question")
    give(tablet, "P01", 5)
    tablet.tap("Done", ".drawer")
    tablet.tile("P05").tap()
    tablet.tap("More", ".drawer")
    tablet.tap("Give her a strap", ".drawer")
    give(tablet, "P05", 1)
    tablet.tap("Done", ".drawer")
    assert floor.list_asked() == []
    floor.go_to(2, 8)  # six slots with her own
    assert floor.list_asked() == []

    page.clock.run_for(1000)
    page.clock.resume()
    tablet.wait_until_sent()
    answers = [
        (one["about"], one["value"]["strap"], one["value"]["answer"])
        for one in tablet.ledger.of_kind("identity_check")[len(CODES) :]
    ]
    assert answers == [
        ("P11", serial(11), "hers"),
        ("P01", serial(1), "swapped"),
        ("P01", serial(5), "hers"),
        ("P05", serial(1), "hers"),
    ]
    assert tablet.trouble == []


def test_straps_that_tell_no_movement_ask_nothing(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(rounds=1, work_s=WORK_S, rest_s=REST_S)
    SteppedFloor.prepare(tablet)
    tablet.reach_circuit(CODES)
    tablet.wait_for_stream()
    worn = {code: place for place, code in enumerate(CODES, 1)} | {"P01": 5, "P05": 1}
    floor = MovingFloor(tablet, worn)
    floor.silent = {1}
    floor.stop_clock()
    floor.go_to(1, 8)
    assert floor.list_asked() == []
