"""Keys that come up under the finger, or mean the opposite once tapped: a bounce acts only once."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.bouncing import tap_twice
from tests.browser.passing_time import pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_tonight import TO_CLOSING
from tests.tablet_evening import CODES, SESSION, let_jump, make_planned

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def bounce(tablet: TabletPage, selector: str, words: str) -> Counter[str]:
    """How many entries of each kind that made."""
    tablet.wait_until_sent()
    key = tablet.page.locator(selector, has_text=words).first
    expect(key).to_be_enabled()
    before = _count(tablet)
    tap_twice(tablet, selector, words)
    return _count(tablet) - before


def _count(tablet: TabletPage) -> Counter[str]:
    return Counter(one["kind"] for one in tablet.ledger.events[SESSION])


def open_more(tablet: TabletPage, code: str) -> None:
    tablet.tile(code).tap()
    tablet.tap("More", ".drawer")


def test_hold_all_and_go_on_are_not_one_bounce(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    assert bounce(tablet, ".band .key", "Hold all") == {"clock_held": 1}
    assert bounce(tablet, ".band .main-action", "Go on") == {"clock_resumed": 1}


def test_she_is_held_and_goes_on_by_one_tap_each(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    open_more(tablet, "P02")
    assert bounce(tablet, ".drawer .wide-key", "Hold only her") == {"person_held": 1}
    assert bounce(tablet, ".drawer .wide-key", "She goes on") == {"person_resumed": 1}


def test_she_is_away_and_back_by_one_tap_each(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    open_more(tablet, "P02")
    assert bounce(tablet, ".drawer .wide-key", "Away") == {"attendance": 1}
    assert tablet.ledger.of_kind("attendance")[-1]["value"]["status"] == "away"
    assert bounce(tablet, ".drawer .wide-key", "She is here") == {"attendance": 1}
    assert tablet.ledger.of_kind("attendance")[-1]["value"]["status"] == "back"


def test_a_band_is_changed_once(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(work_s=600)
    page = tablet.reach_circuit(CODES)
    banded = page.locator(".tile", has_text="red").first
    banded.tap()
    tablet.page.locator(".drawer .key", has_text="Band:").tap()
    assert bounce(tablet, ".band-key", "green") == {"set": 1}
    assert tablet.ledger.of_kind("set")[-1]["value"]["performed"]["band"] == "green"


def test_a_bounce_on_what_it_is_says_nothing_of_what_became_of_it(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:3])
    for place in range(9):  # wherever the finger is
        tablet.tap("■ STOP / EVENT")
        tablet.page.locator(".who-tile", has_text="P02").tap()
        expect(tablet.page.locator(".what-keys")).to_have_attribute("aria-disabled", "false")
        word = tablet.page.locator(".what-key").nth(place).inner_text()
        made = bounce(tablet, ".what-key", word)
        assert made["adverse_event"] == 1, word
        assert set(made) <= {"adverse_event", "clock_held"}, word
        tablet.tap("Done", ".event-sheet")


@pytest.mark.parametrize("size", [None, {"width": 1024, "height": 768}])
def test_a_bounce_on_take_it_back_leaves_the_station_that_is_open(
    new_tablet: Callable[[dict[str, int] | None], TabletPage], size: dict[str, int] | None
) -> None:
    """The jump goes from the list, and the key for the next station comes up under the finger."""
    tablet = new_tablet(size)
    tablet.ledger.planned = make_planned(work_s=600)
    tablet.ledger.evening = let_jump("P02")
    tablet.reach_circuit(CODES[:3])
    open_more(tablet, "P02")
    tablet.tap("Another exercise tonight")
    drawer = tablet.page.locator(".drawer")
    expect(drawer).to_contain_text("Vertical jump")
    made = bounce(tablet, ".drawer .wide-key", "Take it back")
    assert made == {"plyometric_signoff": 1}
    expect(drawer).not_to_contain_text("Vertical jump")
    expect(drawer).to_contain_text("Station 2:")


def test_a_bounce_ends_no_session(tablet: TabletPage) -> None:
    tablet.reach_circuit(CODES[:2])
    tablet.page.evaluate(TO_CLOSING)
    tablet.tap("3 End")
    assert bounce(tablet, ".hold", "Hold to end") == {}
    expect(tablet.page.locator('[data-screen="closing"]')).to_be_visible()
    tablet.tap("Tap again to end")
    tablet.page.get_by_role("heading", name="The session is closed").wait_for()


def test_a_finger_that_lies_where_the_sweep_opens_does_not_close_it(tablet: TabletPage) -> None:
    take_clock(tablet)
    page = tablet.reach_circuit(CODES[:3])
    page.evaluate(
        """() => new MutationObserver(() => {
          const later = document.querySelector(".effort .done");
          if (later && !window.tapped) { window.tapped = true; later.click(); }
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    pass_until(8, "rest", tablet)
    page.wait_for_function("() => window.tapped")
    expect(page.locator(".effort .done")).to_have_attribute("aria-disabled", "false")
    expect(page.locator(".effort")).to_be_visible()
