"""Exports in a browser: at any size, and by keyboard alone without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from server.study.approval import Verdict, Wanted
from server.study.approvals import ask_approval, decide_approval
from server.study.recipients import add_recipient
from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage

pytestmark = pytest.mark.browser

TRIES = 60  # a page waits a moment itself


def test_by_keyboard_she_chooses_looks_builds_and_takes(
    chromium: Browser, real_site: RealSite, tmp_path: Path
) -> None:
    key_file = tmp_path / "lab.key"
    researcher = ResearcherPage(chromium, real_site, "/export", java_script_enabled=False)
    page, keys = researcher.page, researcher.page.keyboard
    expect(page.locator("#empty")).to_contain_text("recipients add")
    add_recipient(real_site.storage.database, "University lab", key_file, "os:test")
    researcher.open("/export")
    page.get_by_label("Who gets it").focus()
    keys.press("Tab")
    keys.type("SPSS")
    keys.press("Tab")
    keys.press("Space")  # dates
    page.get_by_role("button", name="Preview").focus()
    press_enter(page)
    go_on(page)
    expect(page.locator("#standing")).to_contain_text("Nothing is built yet")
    expect(page.locator("#exact")).to_contain_text("the least is 5")
    page.get_by_role("button", name="Ask for approval").focus()
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Why it is needed").focus()
    keys.type("ethics board")
    press_enter(page)
    expect(page.locator("#approval")).to_contain_text("Request 1 waits")
    decide_approval(real_site.storage.database, 1, Verdict.APPROVED, "bo", None)
    page.reload()
    expect(page.locator("#approval")).to_contain_text("Approved by bo")
    page.get_by_role("button", name="Build").focus()
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("isn't the key file")
    page.get_by_label("Key file of the recipient").set_input_files(key_file)
    page.get_by_role("button", name="Build").focus()
    press_enter(page)
    go_on(page)
    expect(page.locator("#standing")).to_contain_text("Ready")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the ZIP").focus()
        keys.press("Enter")
    assert taken.value.suggested_filename == "dataset-spss.zip"
    assert Path(taken.value.path()).read_bytes()[:2] == b"PK"
    manifest = page.locator("#manifest").inner_text()
    page.get_by_role("link", name="All exports").focus()
    keys.press("Enter")
    expect(page.locator("#handed-out")).to_contain_text(manifest)
    researcher.context.close()


def press_enter(page: Page) -> None:
    """And wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go_on(page: Page) -> None:
    """By its link, as long as something runs."""
    for _ in range(TRIES):
        again = page.get_by_role("link", name="See how far it is")
        if again.count() == 0:
            return
        again.focus()
        press_enter(page)
    raise TimeoutError


def test_axe_contrast_and_sizes(chromium: Browser, real_site: RealSite, tmp_path: Path) -> None:
    key_file = tmp_path / "clinic.key"
    add_recipient(real_site.storage.database, "Clinic", key_file, "os:test")
    wanted = Wanted("Clinic", "spss", ("exact_values",), "age is a covariate", 1, 14)
    ask_approval(real_site.storage.database, wanted, "os:ana")
    researcher = ResearcherPage(chromium, real_site, "/export", java_script_enabled=True)
    page = researcher.page
    page.get_by_label("Who gets it").select_option("Clinic")
    expect(page.get_by_role("button", name=re.compile("Approve request"))).to_be_visible()
    assert list_barriers_of_sizes(page, "export-choosing") == []
    page.get_by_role("button", name="Preview").focus()
    press_enter(page)
    go_on(page)
    assert list_barriers_of_sizes(page, "export-preview") == []
    page.get_by_label("Key file of the recipient").set_input_files(key_file)
    page.get_by_role("button", name="Build").focus()
    press_enter(page)
    go_on(page)
    assert list_barriers_of_sizes(page, "export-ready") == []
    page.get_by_role("link", name="All exports").click()
    assert list_barriers_of_sizes(page, "export-handed-out") == []
    assert page.evaluate("window.brokenPolicies") == []
    assert researcher.trouble == []
    researcher.context.close()
