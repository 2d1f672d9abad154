"""Participants and samples in a browser: for everybody, at any size, by keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import list_barriers_of_sizes
from tests.browser.real_site import RealSite
from tests.browser.researcher_page import ResearcherPage

pytestmark = pytest.mark.browser

PAGES = {
    "participants": "/participants",
    "measurements": "/participants/P01",
    "samples": "/samples",
    "draw": "/samples/P01/baseline",
    "result": "/samples/P01/baseline?of=bdnf/serum",
}
FILE = "participant,time_point,analyte,matrix,value,unit\nP01,baseline,bdnf,serum,227.77,pg/mL\n"


def test_axe_contrast_and_sizes(chromium: Browser, real_site: RealSite, tmp_path: Path) -> None:
    researcher = ResearcherPage(chromium, real_site, "/samples", java_script_enabled=True)
    page = researcher.page
    file = tmp_path / "blood.csv"
    file.write_text(FILE.replace("pg/mL", "mg"))
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("line 2, unit")
    assert list_barriers_of_sizes(page, "study-file-refused") == []
    file.write_text(FILE)
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("status")).to_contain_text("Entries: 1 new")
    for name, path in PAGES.items():
        researcher.open(path)
        assert list_barriers_of_sizes(page, f"study-{name}") == []
    expect(page.locator("#look")).to_contain_text("227.77 pg/mL is unusual in serum")
    page.get_by_role("button", name="Store").click()
    assert page.evaluate("window.brokenPolicies") == []
    assert researcher.trouble == []
    researcher.context.close()


def test_by_keyboard_she_enters_is_told_what_is_wrong_and_corrects(
    chromium: Browser, real_site: RealSite
) -> None:
    researcher = ResearcherPage(chromium, real_site, "/participants/P02", java_script_enabled=False)
    page = researcher.page
    keys = page.keyboard
    page.get_by_label("Height, cm", exact=True).focus()
    keys.type("161,5")
    keys.press("Tab")  # why there is none
    keys.press("Tab")
    keys.type("57.3")
    expect(page.get_by_label("Weight, kg", exact=True)).to_have_value("57.3")
    keys.press("Enter")
    expect(page.locator("#height_cm-trouble")).to_contain_text("write 161.5")
    page.get_by_label("Height, cm", exact=True).focus()
    keys.press("Control+A")
    keys.type("161.5")
    page.get_by_label("EDSS: why is there no value?").focus()
    keys.type("she was asked, and said no")
    keys.press("Enter")
    page.get_by_label("EDSS", exact=True).focus()
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Stored.")
    expect(page.locator("#bmi-hint")).to_contain_text("21.97, worked out")
    expect(page.locator("#past")).to_contain_text("EDSS: she was asked, and said no")
    page.get_by_label("Weight, kg", exact=True).focus()
    keys.press("Control+A")
    keys.type("58.3")
    keys.press("Enter")
    expect(page.locator("#weight_kg-trouble")).to_contain_text("needs a reason")
    page.get_by_label("If you correct what is stored: why?").focus()
    keys.type("the scale was off")
    keys.press("Enter")
    expect(page.locator("#past")).to_contain_text("the scale was off")
    researcher.context.close()
