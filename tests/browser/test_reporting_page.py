"""Reporting in a browser: by keyboard (it has no script), at any size, for everybody's eyes."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from server.sessions.service import list_all_sessions
from tests.browser.barriers import SIZES, list_barriers, list_barriers_of_sizes
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.dose_course import hold

pytestmark = pytest.mark.browser


def test_by_keyboard_she_reads_writes_and_copies(chromium: Browser, real_site: RealSite) -> None:
    with real_site.storage.database.reading() as connection:
        first = str(list_all_sessions(connection)[0]["id"])
    hold(real_site.storage, first, datetime.now(UTC) - timedelta(days=2))
    rana = ResearcherPage(chromium, real_site, "/home", java_script_enabled=True)
    page, keys = rana.page, rana.page.keyboard
    rana.open("/reporting")  # once worked out
    rana.open("/home")
    page.get_by_role("link", name="Reporting").focus()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("#cert-16b")).to_contain_text("Sessions held: 1.")
    expect(page.get_by_role("img")).to_be_visible()
    assert list_barriers_of_sizes(page, "reporting") == []
    page.get_by_role("link", name="Write for 6", exact=True).nth(1).focus()
    with page.expect_navigation():
        keys.press("Enter")
    page.get_by_label("The study's own sentence for cert/6").focus()
    keys.type("A chart of sessions on the wall.")
    assert list_barriers(page, SIZES[-1][0]) == []
    page.get_by_role("button", name="Store").focus()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Stored for cert/6.")).to_be_visible()
    expect(page.locator("#cert-6")).to_contain_text("Your sentence A chart of sessions")
    page.get_by_role("link", name="Copy as text: CERT").focus()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("body")).to_contain_text("A chart of sessions on the wall.")
    assert page.evaluate("window.brokenPolicies") == []
    assert rana.trouble == []
    rana.context.close()
