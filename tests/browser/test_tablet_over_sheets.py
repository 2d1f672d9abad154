"""Whatever lies over the screen: STOP, the truth line and the keyboard are still there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.passing_time import pass_until, take_clock
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_access import CHECKS
from tests.tablet_evening import CODES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

OPEN_SHEET = """
async ([name, about]) => (await import("/tablet/app/state/ui.js")).openSheet(name, about)
"""
# What a finger in the middle of it would hit.
IS_HIT = """
(selector) => {
  const found = document.querySelector(selector);
  const { left, top, width, height } = found.getBoundingClientRect();
  return found.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}
"""
SHEETS: dict[str, dict[str, object]] = {
    "effort": {"round": 1},
    "feeling": {},
    "connection": {},
    "readiness": {"code": "P01"},
    "who": {},
    "note": {},
}
FOCUSED = "(selector) => document.activeElement.closest(selector) !== null"


def has_focus(page: Page, selector: str) -> None:
    page.wait_for_function(FOCUSED, arg=selector)


def each_sheet(tablet: TabletPage) -> Iterator[str]:
    for name, about in SHEETS.items():
        tablet.page.evaluate(OPEN_SHEET, [name, about])
        tablet.page.locator(".sheet-full, .sheet-half").wait_for()
        yield name
        tablet.page.keyboard.press("Escape")
        tablet.page.locator(".sheet-full, .sheet-half").wait_for(state="detached")


@pytest.mark.parametrize("hand", ["right", "left"])
def test_stop_and_the_truth_line_are_over_every_sheet(tablet: TabletPage, hand: str) -> None:
    page = tablet.reach_circuit(CODES[:5])
    page.evaluate(CHECKS)
    page.evaluate(
        "async (h) => { (await import('/tablet/app/state/ui.js')).hand.value = h; }", hand
    )
    for name in each_sheet(tablet):
        page.locator(".stop.floating").wait_for()
        for selector in (".stop.floating", ".truth-facts", ".truth-who"):
            assert page.evaluate(IS_HIT, selector), (name, selector)
        box = page.locator(".stop.floating").bounding_box()
        assert box is not None
        far = box["x"] + box["width"] if hand == "right" else 1180 - box["x"]
        assert (box["y"] >= 200, far >= 1180 - 16, box["width"] <= 380) == (True,) * 3, (name, box)
        page.wait_for_timeout(100)
        tablet.picture(f"sheet-{hand}-{name}")
        assert page.evaluate("findCovered()") == [], name


def test_an_event_is_two_taps_from_the_sweep_and_the_sweep_is_still_there(
    tablet: TabletPage,
) -> None:
    take_clock(tablet)
    page = tablet.reach_circuit(CODES[:3])
    pass_until(8, "rest", tablet)
    page.locator(".effort").wait_for()  # it opened by itself
    page.locator(".ask-tile", has_text="P02").tap()
    page.locator(".stop.floating").tap()
    page.locator(".who-tile", has_text="P03").tap()
    expect(tablet.tile("P03")).to_have_attribute("data-standing", "held")
    tablet.tap("Close", ".event-sheet")
    expect(page.locator(".asked")).to_contain_text("P02")


def test_what_she_answered_is_still_there_after_an_event(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    page.evaluate(OPEN_SHEET, ["readiness", {"code": "P01"}])
    page.locator(".yes-no").first.get_by_role("button", name="Yes").tap()
    page.locator(".stop.floating").tap()
    tablet.tap("Close", ".event-sheet")
    yes = page.locator(".yes-no").first.get_by_role("button", name="Yes")
    expect(yes).to_have_attribute("aria-pressed", "true")


def test_a_drawer_takes_the_focus_and_gives_it_back(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES)
    tablet.tile("P01").focus()
    page.keyboard.press("Enter")
    has_focus(page, ".layer")
    page.keyboard.press("Tab")
    has_focus(page, ".drawer")
    tablet.tap("Next ▸", ".drawer")
    expect(page.locator(".drawer header")).to_contain_text("P09")
    page.keyboard.press("Tab")
    has_focus(page, ".drawer")
    page.keyboard.press("Escape")
    page.locator(".drawer").wait_for(state="detached")
    has_focus(page, '.tile[data-code="P09"]')


@pytest.mark.parametrize(
    ("key", "sheet"), [("■ STOP / EVENT", ".event-sheet"), ("Effort (RPE)", ".effort"),
                       ("Note", ".note")]
)  # fmt: skip
def test_a_sheet_takes_the_focus_and_gives_it_back(
    tablet: TabletPage, key: str, sheet: str
) -> None:
    page = tablet.reach_circuit(CODES[:3])
    opener = page.get_by_role("button", name=key)
    opener.focus()
    page.keyboard.press("Enter")
    page.locator(sheet).wait_for()
    has_focus(page, ".layer")
    page.keyboard.press("Tab")
    has_focus(page, sheet)
    page.keyboard.press("Escape")
    page.locator(sheet).wait_for(state="detached")
    expect(opener).to_be_focused()


def test_arrows_walk_the_tiles(tablet: TabletPage) -> None:
    page = tablet.reach_circuit(CODES[:3])
    tablet.tile("P01").focus()
    for key, code in (("ArrowRight", "P02"), ("ArrowDown", "P07"), ("ArrowLeft", "P06"),
                      ("ArrowUp", "P01"), ("ArrowUp", "P01")):  # fmt: skip
        page.keyboard.press(key)
        expect(tablet.tile(code)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".drawer header")).to_contain_text("P02")
