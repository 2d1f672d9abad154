"""One evening through the real screens, from a first sign-in to a closed session."""

import pytest
from playwright.sync_api import expect

from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, make_planned

pytestmark = pytest.mark.browser


def test_an_evening_from_sign_in_to_close(tablet: TabletPage) -> None:
    tablet.ledger.planned = make_planned(rounds=1, work_s=1, rest_s=1)
    tablet.show_straps()
    page = tablet.reach_circuit(CODES[:13])
    page.locator(".effort").wait_for(timeout=40_000)
    for grade in range(13):
        tablet.rate_next(3 + grade % 4)
    expect(page.get_by_text("Everybody is asked ✓")).to_be_visible()
    tablet.tap("Done", ".effort")
    tablet.tap("Cool-down")
    tablet.tap("To the end")
    tablet.tap("2 Check")
    expect(page.locator(".check-list")).to_contain_text("sets assumed at station 1, Sit-to-stand")
    tablet.tap("3 End")
    tablet.tap("Hold to end")
    tablet.tap("Tap again to end")
    expect(page.get_by_role("heading", name="The session is closed")).to_be_visible()
    n_entries = tablet.counted()[0]
    expect(page.locator(".where")).to_have_text(f"All {n_entries} entries are on the server ✓")
    assert len(tablet.ledger.ids) == len(set(tablet.ledger.ids)) == n_entries
    assert tablet.broken_policies() == []
    tablet.picture("closed")
