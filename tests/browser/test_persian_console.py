"""The console in Persian: nothing English is left on any page, and everybody can use it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from server.sessions.service import list_all_sessions
from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.clinician_page import ClinicianPage
from tests.browser.in_persian import choose_persian, find_english
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.quality_course import STRAP_OF, QualityCourse

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SWAPPED: Final = {"P01": STRAP_OF["P02"], "P02": STRAP_OF["P01"]}
PAGES: Final = {
    "home": "/home",
    "live": "/live",
    "dose": "/dose?metric=sets",
    "course": "/dose/course",
    "quality": "/quality",
    "coverage": "/coverage",
    "repetitions": "/repetitions",
    "participants": "/participants",
    "measurements": "/participants/P01",
    "samples": "/samples",
    "draw": "/samples/P01/baseline",
    "export": "/export",
    "labels": "/straps/labels",
}


@pytest.fixture
def course(real_site: RealSite) -> QualityCourse:
    first = datetime.now(UTC) - timedelta(days=3)
    with real_site.storage.database.reading() as connection:
        ids = [str(line["id"]) for line in list_all_sessions(connection)]
    made = QualityCourse(real_site.storage, first, ids)
    made.hold(0, first, silent={"P01": (12, 16)})
    made.rate_rounds(0, first, "P02", 20, 6)
    made.hold(1, first + timedelta(days=1), straps=SWAPPED)
    return made


def test_f48_no_english_is_left_on_a_page_of_the_console(
    chromium: Browser, real_site: RealSite, course: QualityCourse
) -> None:
    rana = ResearcherPage(chromium, real_site, "/home")
    page = rana.page
    page.get_by_role("button", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    found: dict[str, object] = {}
    pages = {**PAGES, "review": f"/sessions/{course.ids[1]}/review"}
    for name, path in pages.items():
        rana.open(path)
        wrong = [*find_english(page), *list_barriers_of_sizes(page, f"fa-{name}")]
        if wrong:
            found[name] = wrong
    karimi = ClinicianPage(chromium, real_site)
    choose_persian(karimi.page, real_site.url)
    karimi.page.goto(f"{real_site.url}/limits")
    wrong = [*find_english(karimi.page), *list_barriers_of_sizes(karimi.page, "fa-limits")]
    found |= {"limits": wrong} if wrong else {}
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)
    assert rana.trouble == []
