"""The printed sheet as it leaves the printer, and its copy by keyboard alone."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from server.sessions.ledger import read_events
from server.sessions.service import list_all_sessions
from server.storage import Storage
from tests.browser.axe import find_violations
from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.real_site import RealSite
from tests.browser.watching import PICTURES, WATCH_POLICY
from tests.ledger_entries import Tablet, logged
from tests.review_evening import post
from tests.staff import PASSWORD
from tests.tablet_evening import CODES

pytestmark = pytest.mark.browser

TWO_HOURS_NS = 2 * 3_600_000_000_000
TABBED = "() => document.activeElement.name || document.activeElement.textContent.trim()"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RealSite]:
    """After tonight's session, as its server sees it."""
    site = RealSite(tmp_path, lambda: time.time_ns() + TWO_HOURS_NS)
    site.start()
    yield site
    site.close()


@pytest.fixture
def page(chromium: Browser, site: RealSite) -> Iterator[Page]:
    """Signed in as sara."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH_POLICY)
    page = context.new_page()
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("Name").fill("sara")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(site.url + "/live")
    yield page
    context.close()


def find_session(storage: Storage) -> str:
    with storage.database.reading() as connection:
        return str(list_all_sessions(connection)[0]["id"])


def test_the_sheet_is_a_leaf_for_each_on_a4(page: Page, site: RealSite) -> None:
    page.goto(f"{site.url}/sessions/{find_session(site.storage)}/sheet")
    assert find_violations(page) == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.emulate_media(media="print")
    printed = page.pdf(path=str(PICTURES / "sheet.pdf"), prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[([0-9. ]+)\]", printed))
    (size,) = {tuple(round(float(one)) for one in box.split()) for box in boxes}
    assert size == (0, 0, 842, 595)  # A4 landscape in points, ISO 216
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1 + 2 * len(CODES)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility()
             && one.childNodes.length && parseFloat(getComputedStyle(one).fontSize) < 14.6)
             .map((one) => one.textContent)"""
    )
    assert small == []  # 11 points and more
    assert page.evaluate("window.brokenPolicies") == []


def test_by_keyboard_alone_a_leaf_is_copied_looked_at_and_decided(
    page: Page, site: RealSite
) -> None:
    session, keys = find_session(site.storage), page.keyboard
    seen = Tablet("ab" * 8, "sara").write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8))
    post(site.storage, session, seen)
    page.goto(f"{site.url}/sessions/{session}/sheet")
    code = page.locator("footer b").first.inner_text().removeprefix("Sheet ")
    page.goto(f"{site.url}/sessions/{session}/transcribe?of=P01")
    assert list_barriers_of_sizes(page, "sheet-copy") == []
    page.reload()
    expect(page.get_by_label("Sheet, its twelve signs")).to_be_focused()
    keys.type(code)
    keys.press("Tab")
    keys.type("sara")
    names = page.locator("#copy [name]").evaluate_all("(all) => all.map((one) => one.name)")
    assert walk(page, len(names) - 2) == names[2:]  # the order of the paper
    page.get_by_label("Round 1: done").first.focus()
    target = page.evaluate(TABBED)
    assert target == "t1r1_amount"
    keys.type("5")
    keys.press("Enter")  # goes on: a second look
    expect(page.locator("#preview")).to_contain_text("5 repetitions, observed")
    expect(page.locator("#preview")).to_contain_text("contradicts what is entered: 8 repetitions")
    assert list_barriers_of_sizes(page, "sheet-preview") == []
    expect(page.get_by_role("button", name="Store, and on to the next page")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Entered.")
    expect(page.locator("[aria-current=page]")).to_contain_text("P02")
    expect(page.get_by_label("Did she come?")).to_be_focused()
    page.goto(f"{site.url}/sessions/{session}/contradictions")
    assert list_barriers_of_sizes(page, "sheet-contradictions") == []
    page.locator("input[type=radio]").first.focus()
    keys.press("ArrowDown")  # the sheet's
    keys.press("Tab")
    keys.type("she held the pen")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Decided.")
    with site.storage.database.reading() as connection:
        last = read_events(connection, session)[-1].event
    assert (last.reason, last.supersedes) == ("she held the pen", seen.id)
    assert last.value is not None
    assert last.value["performed"]["amount"] == 5
    assert page.evaluate("window.brokenPolicies") == []


def walk(page: Page, times: int) -> list[str]:
    """What has the focus after each press of Tab."""
    focused = []
    for _ in range(times):
        page.keyboard.press("Tab")
        focused.append(str(page.evaluate(TABBED)))
    return focused
