"""The clinician's page in a browser: without JavaScript, for everybody, at any size."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import list_barriers
from tests.browser.clinician_page import ClinicianPage
from tests.browser.real_site import RealSite

pytestmark = pytest.mark.browser

LEAST_TARGET_PX = 44  # ux: on touch


def list_small_targets(page: Page) -> list[str]:
    found = []
    for control in page.locator("input:visible, button:visible, a:visible").all():
        box = control.bounding_box()
        assert box is not None
        if min(box["width"], box["height"]) < LEAST_TARGET_PX:
            found.append(f"{control.get_attribute('id')}: {box}")
    return found


def test_without_javascript_she_signs_is_told_what_is_wrong_and_withdraws(
    chromium: Browser, real_site: RealSite
) -> None:
    clinician = ClinicianPage(chromium, real_site, java_script_enabled=False)
    page = clinician.page
    expect(page.locator("main")).to_contain_text("No limit is in force")
    clinician.sign(hr_ceiling_bpm="400", rpe_hold="21", own_P07="130")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was stored")
    expect(page.locator("#hr_ceiling_bpm-trouble")).to_contain_text("30 to 250")
    expect(page.locator("#rpe_hold-trouble")).to_contain_text("6 to 20")
    expect(page.locator("#own_P07")).to_have_value("130")
    expect(page.locator("#password")).to_have_value("")
    assert real_site.ask("/api/v1/tablet/bundle")["safety"]["hr_ceiling_bpm_of"] == {}
    clinician.sign(hr_ceiling_bpm="150", rpe_hold="16")
    expect(page.get_by_role("status")).to_contain_text("Signed and in force")
    expect(page.locator('[data-code="P07"]')).to_contain_text("130, her own")
    safety = real_site.ask("/api/v1/tablet/bundle")["safety"]
    assert (safety["hr_ceiling_bpm"], safety["hr_ceiling_bpm_of"]) == (150, {"P07": 130})
    assert (safety["rpe_act"], safety["signed_by"]) == (16, "karimi")
    clinician.withdraw("a new drug")
    expect(page.get_by_role("status")).to_contain_text("Withdrawn")
    assert real_site.ask("/api/v1/tablet/bundle")["safety"]["sha256"] is None
    clinician.context.close()


@pytest.mark.parametrize("size", [(1180, 820), (590, 410), (390, 844), (320, 568)])
def test_axe_contrast_and_sizes_at_any_zoom(
    chromium: Browser, real_site: RealSite, size: tuple[int, int]
) -> None:
    """590 x 410 is the reference tablet at 200 %."""
    viewport = {"width": size[0], "height": size[1]}
    clinician = ClinicianPage(chromium, real_site, viewport=viewport)
    page = clinician.page
    for name, typed in (
        ("empty", {}),
        ("signed", {"hr_ceiling_bpm": "150", "own_P07": "130"}),
        ("trouble", {"own_P07": "20", "rpe_hold": "21", "reason": ""}),
    ):
        if typed:
            clinician.sign(**typed)
        clinician.picture(f"{name}-{size[0]}x{size[1]}")
        assert list_barriers(page, size[0]) == []
        assert list_small_targets(page) == []
    assert page.evaluate("window.brokenPolicies") == []
    clinician.context.close()
