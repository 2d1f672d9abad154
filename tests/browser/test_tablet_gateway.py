"""T3, T11: what the tablet says of the gateway, no more than is known of it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Locator, expect

from protocol.messages.uplink import RadioReport
from server.live.frame import Gateway, Tile
from server.live.strap_state import State
from tests.browser.stepped_floor import SteppedFloor
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import examine, look
from tests.browser.watching import TABLET
from tests.live_scene import circuit_tiles, good_tile, told_tile

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NewTablet = Callable[[dict[str, int] | None], TabletPage]
SIZES = (TABLET, {"width": 1280, "height": 800}, {"width": 1024, "height": 768})
UNKNOWN_CLOCK = "The gateway's isn't known: none is heard."


def _open_connection(tablet: TabletPage) -> None:
    tablet.open()
    tablet.sign_in()
    tablet.wait_for_stream()
    tablet.page.locator(".truth-facts").tap()


def test_t11_says_how_far_the_gateways_clock_is_off_and_that_it_isnt_known_where_it_isnt(
    tablet: TabletPage,
) -> None:
    _open_connection(tablet)
    said = tablet.page.locator(".where-list > div", has_text="Clocks").locator("dd")
    expect(said).to_contain_text(UNKNOWN_CLOCK)
    for gateway, words in (
        (Gateway("gym", 0.2, 3_400), "That of gym is 3 s behind, or what it sends takes that"),
        (Gateway("gym", 0.2, -61_000), "That of gym is 00:01:01 ahead of the server's;"),
        (Gateway("gym", 0.2, 999), "That of gym is within a second of the server's."),
        (Gateway("gym", 0.2, -999), "That of gym is within a second of the server's."),
        (Gateway("gym", 0.2, None), "That of gym isn't known."),
        (Gateway("gym", 31.0, 3_400), "That of gym isn't known."),
    ):
        tablet.site.show(circuit_tiles(), [gateway])
        expect(said).to_contain_text(words)
    tablet.site.show(circuit_tiles(), [Gateway("gym", 0.2, 3_400), Gateway("hall", 0.3, -40)])
    expect(said).to_contain_text("That of hall is within a second of the server's.")
    for size in SIZES:
        tablet.page.set_viewport_size(size)  # type: ignore[arg-type]
        tablet.picture(f"t11-gateway-clock-{size['width']}")
        assert not any(look(tablet.page).values()), size
    tablet.site.show(circuit_tiles(), [])
    expect(said).to_contain_text(UNKNOWN_CLOCK)
    assert tablet.trouble == []


WORKS = RadioReport(scans=True, n_adapters=1, n_streaming=7, most_streaming=15, acc_rate_hz=50)
N_PEOPLE = 15


def _tell(**changes: Any) -> Gateway:
    return Gateway("gym", 0.2, 0, msgspec.structs.replace(WORKS, **changes))


def _open_room(tablet: TabletPage) -> Locator:
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.wait_for_stream()
    return tablet.page.locator(".radio")


def test_t3_the_card_tells_what_the_radio_does_and_no_places_that_nobody_knows(
    tablet: TabletPage,
) -> None:
    card = _open_room(tablet)
    for gateway, words in (
        (_tell(), "Straps sending now: 7. It has carried 15 at once; 15 people come."),
        (_tell(most_streaming=9), "9 at once so far; 15 people come. Whether all fit shows when"),
        (_tell(n_adapters=2), "It uses one of its 2 adapters."),
        (_tell(scans=None), "Its radio is starting."),
        (_tell(scans=False), "finds no further straps now. Those that send (7) go on."),
        (
            _tell(scans=False, n_streaming=0),
            "doesn't answer: no strap can be heard.",
        ),
        (_tell(n_adapters=0), "Gateway gym has no Bluetooth adapter: no strap can be heard."),
        (Gateway("gym", 0.2), "It doesn't say what its radio does."),
        (Gateway("gym", 24.0), "silent for 24 s: what its radio does isn't known."),
    ):
        tablet.site.show(circuit_tiles(), [gateway])
        expect(card).to_contain_text(words)
        wrong = any(told in words for told in ("can be heard", "silent", "no further"))
        expect(card.locator("[data-wrong=true]")).to_have_count(int(wrong))
        expect(card.get_by_text("Clock, sets and effort work")).to_have_count(int(wrong))
        expect(card).not_to_contain_text("free")
    assert tablet.trouble == []


def _run_test(tablet: TabletPage, tiles_at: Callable[[int], Sequence[Tile]]) -> Locator:
    """Twenty seconds of the test, a frame in each; what it says then."""
    SteppedFloor.prepare(tablet)
    _open_room(tablet)
    floor = SteppedFloor(tablet, lambda _kind, _slot: (), [_tell()])
    floor.stop_clock()
    floor.pass_second(tiles_at(0))
    tablet.tap("Test radio (20 s)")
    for second in range(21):
        floor.pass_second(tiles_at(second))
    tablet.page.clock.run_for(1000)
    return tablet.page.locator(".radio [role=status]")


def _all_good() -> list[Tile]:
    return [good_tile(number) for number in range(1, N_PEOPLE + 1)]


def test_t3_the_test_says_enough_for_fifteen_with_movement_at_the_gateways_rate(
    tablet: TabletPage,
) -> None:
    said = _run_test(tablet, lambda _: _all_good())
    words = "Enough for 15 with movement at 50 Hz: 15 heard, no gap of 3 s or more."
    expect(said).to_have_text(words)
    assert tablet.ledger.of_kind("room_check")[-1]["value"]["radio_verdict"] == words


def test_t3_a_strap_that_is_nobodys_here_counts_for_none_of_the_fifteen(
    tablet: TabletPage,
) -> None:
    said = _run_test(tablet, lambda _: [*_all_good()[:14], good_tile(40)])
    expect(said).to_contain_text("14 of 15 straps came through for 20 s.")
    expect(tablet.page.locator(".radio")).to_contain_text("it sees gaps of 3 s and more")


def test_t3_straps_whose_movement_has_gaps_are_named_and_heart_rate_is_enough_for_them(
    tablet: TabletPage,
) -> None:
    def tiles_at(second: int) -> list[Tile]:
        tiles = _all_good()
        if second in {5, 6, 12}:  # two holes, one of them over two frames
            tiles[2] = good_tile(3, activity_age_s=3.1)
        tiles[8] = good_tile(9, activity_mg=None, activity_age_s=None)
        return tiles

    said = _run_test(tablet, tiles_at)
    expect(said).to_contain_text(
        "Enough for 15 with heart rate: 15 heard. Movement without gaps of 3 s or more from 13."
    )
    expect(said).to_contain_text("2 gaps in the movement of 03: heart rate is enough")
    expect(said).to_contain_text("50 Hz is set on the gateway, for all straps")
    expect(said).to_contain_text("No movement from 09: not agreed to, or the strap sends none.")
    tablet.picture("t3-movement-with-gaps")


def test_t3_straps_that_come_and_go_are_named_and_not_counted(tablet: TabletPage) -> None:
    def tiles_at(second: int) -> list[Tile]:
        tiles = _all_good()
        if second % 4 == 0:
            tiles[6] = told_tile(7, State.LOST, "Lost", "")
        return tiles

    said = _run_test(tablet, tiles_at)
    expect(said).to_contain_text("14 of 15 straps came through for 20 s.")
    expect(said).to_contain_text("Not heard all the time: 07.")


def test_t3_a_test_without_frames_is_no_verdict_on_straps(tablet: TabletPage) -> None:
    SteppedFloor.prepare(tablet)
    card = _open_room(tablet)
    tablet.site.show(_all_good(), [_tell()])
    expect(card).to_contain_text("15 straps heard")
    tablet.page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=2))
    tablet.tap("Test radio (20 s)")
    for _ in range(21):
        tablet.page.clock.run_for(1000)
    expect(card.locator("[role=status]")).to_have_text(
        "No verdict: too little came from the server within 20 s. Try again."
    )


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}")
def test_t3_all_of_a_failed_radio_is_to_be_read_at_each_size(
    new_tablet: NewTablet, size: dict[str, int]
) -> None:
    tablet = new_tablet(size)
    card = _open_room(tablet)
    for name, gateway in (
        ("failed", _tell(scans=False, n_streaming=0)),
        ("works", _tell(most_streaming=9)),
    ):
        tablet.site.show(circuit_tiles(), [gateway])
        expect(card.locator("[data-wrong=true]")).to_have_count(int(name == "failed"))
        tablet.picture(f"t3-radio-{name}-{size['width']}")
        found = examine(tablet.page)
        assert not any(found.values()), (name, found)
        key = tablet.page.get_by_role("button", name="Go to arrivals").bounding_box()
        assert key is not None
        assert key["y"] + key["height"] <= size["height"]  # without scrolling
