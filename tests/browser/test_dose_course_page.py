"""The dose of the course in a browser: axe, contrast, sizes, keys; it needs no script."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from server.sessions.service import list_all_sessions
from tests.browser.barriers import list_barriers
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.dose_course import hold

pytestmark = pytest.mark.browser

COURSE = "/dose/course"
N_PEOPLE = 15


@pytest.fixture
def site(real_site: RealSite) -> RealSite:
    """A course of which two sessions were held."""
    with real_site.storage.database.reading() as connection:
        ids = [str(line["id"]) for line in list_all_sessions(connection)]
    now = datetime.now(UTC)
    for place in (0, 1):
        hold(real_site.storage, ids[place], now - timedelta(days=4 - place))
    return real_site


def test_axe_contrast_and_keys_at_the_width_of_a_tablet_and_of_a_phone(
    chromium: Browser, site: RealSite
) -> None:
    rana = ResearcherPage(chromium, site)
    page = rana.page
    page.get_by_role("link", name="Dose of the course").click()
    page.wait_for_url(site.url + COURSE)
    for size in ((1180, 820), (390, 844)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        rana.picture(f"course-{size[0]}x{size[1]}", whole=True)
        assert list_barriers(page, size[0]) == []
    weeks = page.get_by_role("region", name="week by week")
    weeks.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    assert page.evaluate("window.brokenPolicies") == []
    assert rana.trouble == []
    rana.context.close()


def test_without_javascript_it_is_two_tables_of_everybody(
    chromium: Browser, site: RealSite
) -> None:
    rana = ResearcherPage(chromium, site, COURSE, java_script_enabled=False)
    page = rana.page
    assert page.get_by_role("rowheader").count() == 2 * N_PEOPLE
    hers = page.locator('#whole tr[data-participant="P01"]')
    expect(hers).to_contain_text("2 of 24")
    expect(hers).to_contain_text("so far 80 AU")
    week = page.locator('#weeks tr[data-participant="P01"] td').first
    expect(week).to_contain_text("no load. Not over")
    rana.context.close()
