"""T4's right column: straps that nobody wears with their signal, who is expected, who is absent."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import find_violations
from tests.browser.tablet_page import TabletPage
from tests.live_scene import circuit_tiles, good_tile

pytestmark = pytest.mark.browser


def test_straps_on_nobody_have_number_and_signal_and_people_are_one_tap_away(
    tablet: TabletPage,
) -> None:
    spare = [good_tile(16, signal="strong"), good_tile(17, signal="weak")]
    page = tablet.open()
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()
    tablet.give_straps(["P01", "P02"])
    tablet.wait_for_stream()
    tablet.show_straps([*circuit_tiles()[:2], good_tile(3, signal="fair"), good_tile(4), *spare])
    tablet.tap("Straps and people: 4 straps on nobody")
    free = page.locator(".free-straps li")
    expect(free).to_have_text(
        ["03fairGood", "04signal not toldGood", "16strongGood", "17weak signalGood"]
    )
    bars = page.locator(".free-straps .bars")
    told = [bar.get_attribute("data-bars") for bar in bars.all()]
    assert told == ["2", "0", "3", "1"]
    side = page.locator(".side")
    expect(side.get_by_role("button", name="Fig P01")).to_have_count(0)
    expect(side).to_contain_text("Nobody is absent.")
    tablet.picture("t4-side-straps")
    assert find_violations(page) == []
    side.get_by_role("button", name="Oak P04").tap()
    tablet.tap("Presence", ".drawer")
    tablet.tap("Absent", ".drawer")
    tablet.tap("Done", ".drawer")
    expect(side.locator(".latecomers")).to_have_count(2)  # the second is of who is absent
    expect(side.locator(".latecomers").last.get_by_role("button")).to_have_text("Oak P04Parvin")
