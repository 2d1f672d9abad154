"""Scanning the code on a strap, with a camera that sees a film which the test made."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import find_violations
from tests.browser.strap_camera import write_film
from tests.browser.tablet_page import TabletPage
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import QUIET_ARGUMENTS
from tests.tablet_evening import serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

Hold = Callable[..., TabletPage]
# Chromium remembers 250 unless it is told, and the app with its asking has more.
REMEMBER_ALL = "performance.setResourceTimingBufferSize(5000);"
NATIVE = """
window.BarcodeDetector = class {
  static getSupportedFormats = async () => ["qr_code"];
  detect = async () => [{ rawValue: "%s" }];
};
"""


@pytest.fixture
def hold(chromium: Browser, tablet_site: TabletSite, tmp_path: Path) -> Iterator[Hold]:
    """`hold(text)`: a tablet at arrivals, with a label before its camera."""
    opened: list[tuple[Browser, TabletPage]] = []

    def make(text: str, *, allowed: bool = True, native: str = "") -> TabletPage:
        film = write_film(tmp_path / "label.y4m", text)
        camera = [
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        path = shutil.which("chromium")  # headless-shell has no camera
        browser = chromium.browser_type.launch(
            executable_path=path, args=[*QUIET_ARGUMENTS, *camera]
        )
        tablet = TabletPage(tablet_site, browser)
        opened.append((browser, tablet))
        tablet.context.add_init_script(REMEMBER_ALL)
        if native:
            tablet.context.add_init_script(NATIVE % native)
        if allowed:
            tablet.context.grant_permissions(["camera"], origin=tablet_site.url)
        tablet.open()
        go_to_arrivals(tablet)
        return tablet

    yield make
    for browser, tablet in opened:
        broken, trouble = tablet.broken_policies(), tablet.trouble
        browser.close()
        assert (broken, trouble) == ([], [])


def go_to_arrivals(tablet: TabletPage) -> None:
    tablet.sign_in()
    tablet.start_room_check()
    tablet.go_to_arrivals()


def list_loaded(tablet: TabletPage) -> list[str]:
    names: list[str] = tablet.page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
    )
    return names


def scan(tablet: TabletPage, code: str) -> None:
    tablet.tile(code).tap()
    tablet.tap("Scan", ".drawer")


def read_worn(tablet: TabletPage) -> list[tuple[Any, ...]]:
    """(participant, strap, method) of every strap that was given."""
    tablet.wait_until_sent()
    checks = tablet.ledger.of_kind("identity_check")
    return [(one["about"], one["value"]["strap"], one["value"]["method"]) for one in checks]


def test_the_code_before_the_camera_says_which_strap_is_hers(hold: Hold) -> None:
    tablet = hold(serial(4))
    assert "jsqr.js" not in list_loaded(tablet)
    scan(tablet, "P02")
    expect(tablet.tile("P02").locator(".strap-number")).to_have_text("04")
    assert "jsqr.js" in list_loaded(tablet)
    expect(tablet.page.locator("video")).to_have_count(0)
    assert read_worn(tablet) == [("P02", serial(4), "qr")]
    tablet.tap("Undo", ".undo")
    expect(tablet.tile("P02").locator(".strap-number")).to_have_text("—")


def test_where_the_browser_reads_codes_itself_nothing_more_is_loaded(hold: Hold) -> None:
    tablet = hold("NOT-THIS", native=serial(5))
    scan(tablet, "P02")
    expect(tablet.tile("P02").locator(".strap-number")).to_have_text("05")
    assert "jsqr.js" not in list_loaded(tablet)


def test_a_strap_that_somebody_wears_is_asked_about_first(hold: Hold) -> None:
    tablet = hold(serial(1).lower())  # as a label of another maker may write it
    tablet.give_straps(["P01"])
    scan(tablet, "P02")
    expect(tablet.page.locator(".scan")).to_contain_text("Strap 01, on Fig P01 now")
    tablet.picture("scan-worn")
    assert find_violations(tablet.page) == []
    expect(tablet.tile("P01").locator(".strap-number")).to_have_text("01")
    tablet.tap("This strap is hers", ".drawer")
    expect(tablet.tile("P02").locator(".strap-number")).to_have_text("01")
    expect(tablet.tile("P01").locator(".strap-number")).to_have_text("—")


def test_a_code_of_something_else_gives_nobody_a_strap(hold: Hold) -> None:
    tablet = hold("https://example.org/x")
    scan(tablet, "P02")
    expect(tablet.page.locator(".scan")).to_contain_text(
        "This code says HTTPS://EXAMPLE.ORG/X. No such strap on the roster."
    )
    tablet.picture("scan-other")
    assert read_worn(tablet) == []
    tablet.tap("Scan", ".drawer")  # again: the number pad, and the camera off
    expect(tablet.page.locator("video")).to_have_count(0)


def test_a_camera_that_is_refused_is_told_and_the_number_pad_stays(hold: Hold) -> None:
    tablet = hold(serial(4), allowed=False)
    scan(tablet, "P02")
    expect(tablet.page.locator(".drawer .typed")).to_contain_text(
        "The camera isn't allowed here. Type the strap's number."
    )
    tablet.picture("scan-refused")
    type_number(tablet, "P02", "04")


def test_without_a_camera_it_is_told_and_the_number_pad_stays(
    tablet: TabletPage, tablet_site: TabletSite
) -> None:
    tablet.context.grant_permissions(["camera"], origin=tablet_site.url)
    tablet.open()
    go_to_arrivals(tablet)
    scan(tablet, "P02")
    expect(tablet.page.locator(".drawer .typed")).to_contain_text(
        "No camera can be used here. Type the strap's number."
    )
    type_number(tablet, "P02", "04")


def type_number(tablet: TabletPage, code: str, number: str) -> None:
    for digit in number:
        tablet.tap(digit, ".drawer .pad")
    tablet.tap("This strap is hers", ".drawer")
    expect(tablet.tile(code).locator(".strap-number")).to_have_text(number)


def test_the_scan_needs_no_network(hold: Hold) -> None:
    tablet = hold(serial(4))
    tablet.wait_for_worker()
    tablet.context.set_offline(True)
    scan(tablet, "P02")
    expect(tablet.tile("P02").locator(".strap-number")).to_have_text("04")
