"""Two tablets that disagree, clocks that are off, straps on the wrong woman, left hands."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.stepped_floor import SteppedFloor
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_outbox import READ_ENDS
from tests.live_scene import circuit_tiles, good_tile
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

NewTablet = Callable[[dict[str, int] | None], TabletPage]
DAY_MS = 86_400_000
# A wall clock that somebody set; the monotonic clock goes on as it should.
A_DAY_AHEAD = """
const real = Date.now.bind(Date);
Date.now = () => real() + 86_400_000;
"""


@pytest.mark.kept_app
def test_e3_two_tablets_correct_the_same_set_and_a_person_decides(
    tablet: TabletPage, new_tablet: NewTablet
) -> None:
    tablet.reach_circuit(CODES[:3])
    tablet.tile("P01").tap()
    tablet.tap("Done", ".drawer")
    tablet.wait_until_sent()
    other = new_tablet(None)
    other.open()
    other.sign_in("leyla")
    other.tap("Start room check")
    expect(other.tile("P01").locator(".tick").first).to_have_attribute("data-kind", "observed")
    other.wait_for_worker()
    for one, place in ((tablet, 1), (other, 3)):
        one.context.set_offline(True)
        one.tile("P01").tap()
        one.page.locator(".amount").nth(place).tap()
        one.tap("Done", ".drawer")
    for one in (tablet, other):
        one.context.set_offline(False)
        one.wait_until_sent()
    told = [one["value"]["performed"]["amount"] for one in tablet.ledger.of_kind("set")]
    assert sorted(told) == [6, 8, 9]
    tablet.page.evaluate("""async () => {
      const { enterPhase } = await import("/tablet/app/state/clock_acts.js");
      await enterPhase("closing");
    }""")
    tablet.tap("2 Check")
    card = tablet.page.locator(".conflict")
    expect(card).to_contain_text("Two entries differ: set P01/sit-to-stand/1")
    tablet.picture("conflict")
    card.get_by_role("button", name="Keep 8 (leyla").tap()
    expect(card).to_be_hidden()
    tablet.wait_until_sent()
    last = tablet.ledger.of_kind("set")[-1]
    assert (last["value"]["performed"]["amount"], last["reason"]) == (
        *(8, "decided between two entries"),
    )
    expect(other.page.locator('[data-screen="closing"]')).to_be_visible()
    other.tap("2 Check")
    expect(other.page.locator(".conflict")).to_be_hidden()


def test_b5_a_tablet_whose_clock_is_a_day_ahead_writes_the_servers_time(
    tablet: TabletPage,
) -> None:
    tablet.context.add_init_script(A_DAY_AHEAD)
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    started = tablet.ledger.of_kind("clock_started")[0]
    assert abs(started["clock_offset_ms"] + DAY_MS) < 2000
    assert started["recorded_at"][:10] == started["occurred_at"][:10]


@pytest.mark.kept_app
def test_b5_what_was_written_before_the_server_was_met_falls_into_place(
    tablet: TabletPage,
) -> None:
    """Started anew without a server, the tablet has only its own clock, a day ahead."""
    tablet.context.add_init_script(A_DAY_AHEAD)
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    tablet.wait_for_worker()
    page.wait_for_timeout(5500)  # what is remembered for the next start is written every 5 s
    tablet.site.stop()
    page.reload()
    tablet.wait_ready()
    tablet.tap("Hold all")
    tablet.come_back()
    tablet.wait_until_sent()
    held = tablet.ledger.of_kind("clock_held")[0]
    assert held["clock_offset_ms"] is None
    tablet.tap("Go on")
    tablet.wait_until_sent()
    resumed = tablet.ledger.of_kind("clock_resumed")[0]
    assert abs(resumed["clock_offset_ms"] + DAY_MS) < 2000
    expect(page.locator(".band")).to_have_attribute("data-state", "running")
    segment, ends = page.evaluate(READ_ENDS)
    assert segment == 0
    assert ends[:10] == resumed["recorded_at"][:10]


def test_a_resting_heart_rate_that_is_not_hers_asks_whose_strap_it_is(tablet: TabletPage) -> None:
    page = tablet.page
    SteppedFloor.prepare(tablet)
    tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(["P01", "P02"])
    tablet.wait_for_stream()
    tiles = [good_tile(1, bpm=118), good_tile(2, bpm=72)]
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))
    floor = SteppedFloor(tablet, lambda _kind, _slot: tiles)
    for _ in range(320):
        floor.pass_second(tiles)
    page.clock.run_for(6000)
    page.clock.resume()
    expect(tablet.tile("P01")).to_contain_text("Is this strap hers?")
    expect(tablet.tile("P02")).not_to_contain_text("Is this strap hers?")
    tablet.picture("swap-alarm")
    tablet.tile("P01").tap()
    tablet.tap("Strap", ".drawer")
    tablet.tap("Swap…")
    expect(tablet.tile("P01")).not_to_contain_text("Is this strap hers?")
    for digit in "02":
        tablet.tap(digit, ".pad")
    expect(page.locator(".typed")).to_have_text("Number: 02, on Tea P02 now")
    tablet.tap("This strap is hers")
    page.clock.run_for(1000)
    told = tablet.ledger.of_kind("resting_hr")
    assert {one["about"]: one["value"]["bpm"] for one in told} == {"P01": 118, "P02": 72}
    answers = [one["value"]["answer"] for one in tablet.ledger.of_kind("identity_check")]
    assert "swapped" in answers


def test_keys_for_the_left_hand_lie_on_the_left(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    page.locator(".truth-facts").tap()
    tablet.tap("Keys for the right hand")
    tablet.tap("Close", ".connection")
    stop = page.locator(".stop").bounding_box()
    assert stop is not None
    assert stop["x"] < 100
    tablet.tile("P05").tap()
    drawer = page.locator(".drawer").bounding_box()
    assert drawer is not None
    assert drawer["x"] < 10
    tablet.picture("left-hand")
    page.reload()
    tablet.wait_ready()
    assert page.locator(".stop").bounding_box() == stop


def test_the_connection_sheet_says_whether_the_store_is_kept(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:1])
    page.locator(".truth-facts").tap()
    expect(page.locator(".connection")).to_contain_text("Storage")
    promised = page.evaluate("navigator.storage.persisted()")
    words = "kept by the browser" if promised else "may be cleared by the browser"
    expect(page.locator(".connection")).to_contain_text(words)


def test_the_store_knows_codes_only(tablet: TabletPage) -> None:
    """What the tablet posts names nobody either."""
    tablet.reach_circuit(CODES[:2])
    tablet.wait_until_sent()
    posted = json.dumps(tablet.ledger.events)
    for name in ("Leila", "Maryam", "Brother"):
        assert name not in posted


def test_simulated_straps_are_called_so(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:2])
    tablet.wait_for_stream()
    tablet.show_straps()
    expect(page.locator(".truth")).not_to_contain_text("SIMULATED")
    tablet.show_straps(circuit_tiles(simulated=True))
    expect(page.locator(".truth")).to_contain_text("SIMULATED")


@pytest.mark.parametrize(
    "away_s", [30, pytest.param(1200, marks=[pytest.mark.nightly, pytest.mark.timeout(1800)])]
)
def test_e1_the_server_away_in_mid_circuit_loses_nothing_and_the_clocks_agree(
    tablet: TabletPage, new_tablet: NewTablet, away_s: int
) -> None:
    tablet.reach_circuit()
    tablet.wait_until_sent()
    other = new_tablet(None)
    other.join_circuit("leyla")
    before = len(tablet.ledger.ids)
    tablet.lose_server()
    begun_s = time.monotonic()
    turn = 0
    while time.monotonic() - begun_s < away_s:
        one = (tablet, other)[turn % 2]
        if one.page.locator(".effort").count():  # the sweep after a round
            one.page.locator(".effort .done").tap()
        one.tile(CODES[turn % 8]).tap()
        one.page.locator(".amount").nth(turn % 3).tap()
        one.tap("Done", ".drawer")
        one.page.wait_for_timeout(max(250, away_s * 10))
        turn += 1
    seconds = [one.page.evaluate(READ_ENDS) for one in (tablet, other)]
    assert seconds[0] == seconds[1]
    tablet.come_back()
    for one in (tablet, other):
        one.wait_until_sent()
    stored = [e["id"] for one in (tablet, other) for e in one.read_store("entries")]
    assert sorted(tablet.ledger.ids) == sorted(stored)
    assert len(stored) - before >= turn
