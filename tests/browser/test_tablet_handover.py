"""T11: entries go from tablet to tablet by codes on a screen, and the server has each once."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import find_violations
from tests.browser.barriers import CONTRASTS
from tests.browser.shown_codes import take_pictures, write_film
from tests.browser.tablet_page import BRING_SCREENS, SCREENS, WHEN_WRITTEN, TabletPage
from tests.browser.tablet_site import TabletSite
from tests.browser.watching import QUIET_ARGUMENTS
from tests.tablet_evening import CODES, FIRST_NAMES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture
def ends() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def open_second(chromium: Browser, site: TabletSite, film: Path, ends: ExitStack) -> TabletPage:
    """A tablet whose camera sees the film."""
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    path = shutil.which("chromium")  # headless-shell has no camera
    browser = chromium.browser_type.launch(executable_path=path, args=[*QUIET_ARGUMENTS, *camera])
    ends.callback(browser.close)
    tablet = TabletPage(site, browser, keeps_app=False)
    tablet.context.grant_permissions(["camera"], origin=site.url)
    tablet.open()
    tablet.sign_in("leyla")
    tablet.page.get_by_role("button", name="Connection").first.tap()
    return tablet


def list_waiting(tablet: TabletPage) -> dict[str, Any]:
    entries = tablet.read_store("entries")
    return {one["id"]: one["envelope"] for one in entries if one["state"] == "waiting"}


def enter_offline(tablet: TabletPage) -> dict[str, Any]:
    """What sara taps while there is no server, as it waits."""
    tablet.reach_circuit(CODES[:6])
    tablet.wait_until_sent()
    tablet.page.evaluate(BRING_SCREENS, SCREENS)  # no service worker keeps them here
    tablet.context.set_offline(True)
    for code in CODES[:3]:
        tablet.tile(code).tap()
        tablet.page.locator(".amount").nth(2).tap()
        tablet.tap("Done", ".drawer")
    tablet.page.evaluate(WHEN_WRITTEN)
    tablet.page.locator(".truth-facts").tap()
    return list_waiting(tablet)


def test_waiting_entries_are_handed_over_by_codes_and_nothing_is_doubled(
    chromium: Browser, tablet_site: TabletSite, tmp_path: Path, ends: ExitStack
) -> None:
    first = TabletPage(tablet_site, chromium, keeps_app=False)
    ends.callback(first.context.close)
    waiting = enter_offline(first)
    assert len(waiting) >= 6
    first.tap("Show QR to the other tablet")
    sentence = f"{len(waiting)} entries, by code"
    expect(first.page.locator(".handover")).to_contain_text(sentence)
    first.page.locator("canvas.series").wait_for()
    first.picture("handover-show")
    assert find_violations(first.page) == []
    pictures = take_pictures(first.page)
    film = write_film(tmp_path / "codes.y4m", first.page, pictures)

    second = open_second(chromium, tablet_site, film, ends)
    second.tap("Read QR of the other tablet")
    second.tap("Take them")  # once all were read
    taken = f"{len(waiting)} entries were taken."
    expect(second.page.locator(".handover")).to_contain_text(taken)
    expect(second.page.locator(".handover")).to_contain_text(f"sara {len(waiting)}")
    second.picture("handover-taken")
    assert find_violations(second.page) == []
    assert [words for words, ratio in second.page.evaluate(CONTRASTS) if ratio < 7] == []
    assert list_waiting(second) == waiting  # the same ids, actor, device and times
    assert not any(name in str(list(waiting.values())) for name in FIRST_NAMES)

    # Of sara nothing goes before she gave her PIN here; then all of it goes.
    second.tap("Back", ".handover")
    expect(second.page.locator(".truth")).to_contain_text("sara: enter your PIN")
    assert not set(waiting) & set(tablet_site.ledger.ids)
    second.tap("Close", ".connection")
    second.switch_to("sara")
    second.wait_until_sent()
    assert set(waiting) <= set(tablet_site.ledger.ids)

    read_once_more(second)

    # The first one has kept them, and learns from the server alone that they are there.
    assert list_waiting(first) == waiting
    first.context.set_offline(False)
    first.wait_until_sent()
    found = [one for one in first.read_store("entries") if one["id"] in waiting]
    assert {one["result"] for one in found} == {"known"}
    assert len(tablet_site.ledger.ids) == len(set(tablet_site.ledger.ids))
    assert (first.trouble, second.trouble) == ([], [])
    assert (first.broken_policies(), second.broken_policies()) == ([], [])


def read_once_more(tablet: TabletPage) -> None:
    before = len(tablet.read_store("entries"))
    tablet.page.locator(".truth-facts").tap()
    tablet.tap("Read QR of the other tablet")
    tablet.tap("Take them")
    expect(tablet.page.locator(".handover")).to_contain_text(
        "All of them were here already. Nothing was doubled."
    )
    assert len(tablet.read_store("entries")) == before


def test_a_missing_code_is_named_and_nothing_is_taken(
    chromium: Browser, tablet_site: TabletSite, tmp_path: Path, ends: ExitStack
) -> None:
    first = TabletPage(tablet_site, chromium, keeps_app=False)
    ends.callback(first.context.close)
    enter_offline(first)
    first.tap("Show QR to the other tablet")
    pictures = take_pictures(first.page)
    film = write_film(tmp_path / "codes.y4m", first.page, pictures[1:])
    second = open_second(chromium, tablet_site, film, ends)
    second.tap("Read QR of the other tablet")
    expect(second.page.locator(".handover")).to_contain_text("Missing: 1.")
    second.picture("handover-read")
    assert second.page.get_by_role("button", name="Take them").count() == 0
    assert list_waiting(second) == {}


def test_with_nothing_waiting_there_is_nothing_to_hand_over(
    chromium: Browser, tablet_site: TabletSite, ends: ExitStack
) -> None:
    tablet = TabletPage(tablet_site, chromium, keeps_app=False)
    ends.callback(tablet.context.close)
    tablet.open()
    tablet.sign_in()
    tablet.page.get_by_role("button", name="Connection").first.tap()
    tablet.tap("Show QR to the other tablet")
    expect(tablet.page.locator(".handover")).to_contain_text("Nothing waits here")
    assert tablet.page.locator("canvas.series").count() == 0
