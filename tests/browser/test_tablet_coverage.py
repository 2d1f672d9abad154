"""T10: straps that were lost, as the server knows it; and that it isn't known while it isn't."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.passing_time import pass_to_end, take_clock
from tests.browser.tablet_page import TabletPage
from tests.tablet_evening import CODES, make_planned, serial

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A strap that was worn for an hour and heard all of it, unless changed."""
    return {"participant": CODES[number - 1], "strap": serial(number), "label": f"{number:02d}",
            "worn_s": 3600, "unknown_s": 0, "lost_s": 0, "lost": [], "coverage_pct": 100.0,
            "missing_reason": None} | changes  # fmt: skip


NOT_HEARD: dict[str, Any] = {"lost_s": None, "coverage_pct": None, "missing_reason": "not_heard"}


def reach_check(tablet: TabletPage) -> None:
    take_clock(tablet)
    tablet.ledger.planned = make_planned(rounds=1)
    page = tablet.reach_circuit(CODES[:4])
    pass_to_end(tablet)
    page.locator(".effort").wait_for()
    page.locator(".effort .done").tap()
    tablet.tap("Cool-down", exact=False)
    tablet.tap("To the end")
    tablet.tap("2 Check")


def test_straps_that_were_lost_have_a_line_and_the_summary_a_share(tablet: TabletPage) -> None:
    tablet.ledger.coverage = [
        row(1, lost_s=360, coverage_pct=90.0),
        row(2, lost_s=59),
        row(3, **NOT_HEARD),
        row(4, unknown_s=1800, coverage_pct=100.0),
    ]
    reach_check(tablet)
    check = tablet.page.locator(".check-list")
    expect(check).to_contain_text("Strap 01 lost 6 min: Fig P01")
    expect(check).to_contain_text("Strap 03 was never heard: Sea P03")
    expect(check).to_contain_text("Strap 04: 30 min are not on the server yet: Oak P04")
    expect(check).not_to_contain_text("Strap 02")
    tablet.picture("check-straps")
    tablet.tap("3 End")
    # (0.9 · 3600 + 3600 + 1800) / 9000
    expect(tablet.page.locator(".summary")).to_contain_text("96 % of the time of 3 of 4 straps")
    tablet.picture("summary-coverage")
    assert tablet.trouble == []


def test_without_a_server_it_is_not_known_yet_and_never_zero(tablet: TabletPage) -> None:
    tablet.ledger.coverage = [row(1, lost_s=120, coverage_pct=96.7)]
    reach_check(tablet)
    check = tablet.page.locator(".check-list")
    expect(check).to_contain_text("Strap 01 lost 2 min")
    tablet.context.set_offline(True)
    tablet.tap("3 End")
    expect(tablet.page.locator(".summary")).to_contain_text("not known yet")
    tablet.tap("2 Check")
    expect(check).to_contain_text(
        "How long straps were lost isn't known yet: the server doesn't say."
    )
    tablet.picture("check-offline")
    tablet.context.set_offline(False)
    tablet.tap("Try again", ".check-list")
    expect(check).to_contain_text("Strap 01 lost 2 min")
    assert tablet.trouble == []


def test_a_server_that_refuses_says_nothing_of_straps(tablet: TabletPage) -> None:
    reach_check(tablet)
    tablet.page.locator(".check-list").wait_for()
    tablet.ledger.status = 503
    tablet.tap("3 End")
    expect(tablet.page.locator(".summary")).to_contain_text("not known yet")
