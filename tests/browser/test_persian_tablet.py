"""The tablet in Persian: nothing English is left on any screen, and everybody can use it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.in_persian import choose_persian, find_english, look_in_persian
from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_tour import walk
from tests.browser.test_tablet_access import look, run_axe
from tests.browser.watching import TABLET
from tests.tablet_evening import ALTERNATIVES, STATIONS

# The double's plan, scale and card are the study's own words, in a language of their own.
DATA = (
    *(one[1] for one in (*STATIONS, *ALTERNATIVES)),
    *("Neutral spine, breathe out on effort", "Slowly", "Slalom walk", "Vertical jump"),
    *("No exertion", "Brother"),
)
pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def is_right(tablet: TabletPage, place: str) -> bool:
    """Whether it is under a right thumb, whatever the language."""
    box = tablet.page.locator(place).first.bounding_box()
    return box is not None and box["x"] + box["width"] / 2 > TABLET["width"] / 2


def test_f48_no_english_is_left_on_a_screen_of_an_evening(
    new_tablet: Callable[..., TabletPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet = new_tablet()
    choose_persian(tablet.page, tablet.site.url)
    look_in_persian(monkeypatch)
    found: dict[str, Any] = {}
    for name in walk(tablet):
        tablet.page.locator("main").first.wait_for()
        if name == "t7-tiles":
            assert is_right(tablet, ".stop")
        if name == "t7-drawer":
            assert is_right(tablet, ".drawer")
        tablet.picture(f"fa-{name}")
        wrong = {
            "english": find_english(tablet.page, DATA),
            "axe": run_axe(tablet.page),
            **look(tablet.page),
        }
        wrong = {what: told for what, told in wrong.items() if told}
        if wrong:
            found[name] = wrong
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.kept_app
def test_f48_the_other_language_is_a_tap_and_stays_without_a_server(
    new_tablet: Callable[..., TabletPage],
) -> None:
    tablet = new_tablet()
    page = tablet.open()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    tablet.wait_for_worker()
    page.get_by_role("button", name="فارسی").tap()
    heading = page.get_by_role("heading", name="چه کسی کار می‌کند؟")
    expect(heading).to_be_visible()
    tablet.site.stop()
    page.reload()
    expect(heading).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.evaluate("document.fonts.check('18px \"Atkinson Hyperlegible\"', 'ب')")
    assert page.locator(".pad .key").first.inner_text() == "۱"
    page.get_by_role("button", name="English").tap()
    expect(page.get_by_role("heading", name="Who is working?")).to_be_visible()
    tablet.site.start()
    assert tablet.trouble == []
