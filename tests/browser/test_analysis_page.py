"""The four steps of an analysis in a browser: by keyboard, without scripts, and at any size."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from server.people.roles import Role
from tests.analysis_study import fill, hold_course, simulate
from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage
from tests.staff import add_person

pytestmark = pytest.mark.browser

TRIES = 60  # a page waits a moment itself
COURSE_BEGAN = datetime.now(UTC) - timedelta(days=70)


class TrialSite(RealSite):
    """A SIMULATED trial in small whose course is over."""

    def _fill(self) -> None:
        add_person(self.storage.database, "rana", Role.RESEARCHER)
        fill(self.storage.database)
        simulate(self.storage.database)
        hold_course(self.storage, COURSE_BEGAN)


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[TrialSite]:
    site = TrialSite(tmp_path)
    site.start()
    yield site
    site.close()


def test_four_steps_from_a_plan_to_a_report_that_was_checked(
    chromium: Browser, trial: TrialSite
) -> None:
    researcher = ResearcherPage(chromium, trial, "/analysis", java_script_enabled=True)
    page = researcher.page
    _follow(page, "Write the plan")
    page.get_by_role("checkbox", name="BDNF").focus()
    page.keyboard.press("Space")
    page.get_by_label("Dose named in advance").select_option("srpe_load_au")
    page.get_by_role("group", name="Baseline columns").get_by_label("Age, years").check()
    for label in ("Permutations", "Bootstrap replicates"):
        page.get_by_label(label).fill("1000")
    assert list_barriers_of_sizes(page, "analysis-plan") == []
    _press(page, "Put it in force")
    expect(page.locator("#step-plan")).to_contain_text("In force: rana")

    _press(page, "Run the plan")
    _settle(page)
    expect(page.locator("#data")).to_contain_text("Simulated data")
    expect(page.locator("#links")).to_have_count(0)
    _follow(page, "All four steps")

    _follow(page, "Look and lock")
    for _ in range(TRIES):
        if page.locator("#to-come").count() == 0:
            break
        page.reload()
    page.get_by_label("Who decided").fill("steering group, 28 November")
    _press(page, "Go on")
    expect(page.locator("#sure")).not_to_be_checked()
    assert list_barriers_of_sizes(page, "analysis-lock-sure") == []
    _press(page, "Lock the data for good")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was locked")
    page.locator("#sure").focus()
    page.keyboard.press("Space")
    _press(page, "Lock the data for good")
    expect(page.locator("#step-lock")).to_contain_text("Locked: rana")

    _press(page, "Run the plan")
    _settle(page)
    expect(page.locator("#check-said")).to_contain_text("F and means agree")
    _press(page, "I have read the check: show the report")
    assert list_barriers_of_sizes(page, "analysis-ready") == []
    run = page.url.partition("#")[0]
    page.get_by_role("link", name="Open the report").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Training dose, BDNF and GDNF")
    expect(page.locator("svg").first).to_be_visible()
    assert page.evaluate("window.origin") == "null"  # a sandbox of its own
    researcher.picture("analysis-report")
    researcher.open(f"{run.removeprefix(trial.url)}/dose")
    expect(page.locator("main > section").first).to_contain_text("n = 8")
    assert list_barriers_of_sizes(page, "analysis-dose") == []
    _follow(page, "The run")
    _follow(page, "All four steps")
    expect(page.locator("#step-report")).to_contain_text("You have read its summary check.")
    assert list_barriers_of_sizes(page, "analysis-done") == []
    assert researcher.trouble == []
    researcher.context.close()


def _follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _settle(page: Page) -> None:
    """By its link, as long as it runs."""
    for _ in range(TRIES):
        if page.get_by_role("link", name="See how far it is").count() == 0:
            return
        _follow(page, "See how far it is")
    raise TimeoutError(page.url)
