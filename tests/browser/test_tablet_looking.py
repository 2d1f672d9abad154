"""Who may be said to have been seen: worked out once for each change, not for each drawing."""

import pytest

from tests.browser.passing_time import pass_time
from tests.browser.stopped_clock import A_SECOND, reach_stopped, settle
from tests.browser.tablet_page import TabletPage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90)]

KEEP = """async () => {
  const { standingOf } = await import("/tablet/app/state/looking.js");
  window.kept = standingOf("P02");
}"""
IS_KEPT = """async () => {
  const { standingOf } = await import("/tablet/app/state/looking.js");
  return [standingOf("P02") === window.kept, standingOf("P02").isHeld];
}"""


def test_a_standing_is_folded_anew_when_something_was_entered_and_not_when_time_passes(
    tablet: TabletPage,
) -> None:
    page = reach_stopped(tablet)
    tablet.tap("Stations")
    settle(tablet)
    page.evaluate(KEEP)
    pass_time(A_SECOND * 3, tablet)
    assert page.evaluate(IS_KEPT) == [True, False]
    tablet.tap("■ STOP / EVENT")
    page.locator(".who-tile", has_text="P02").tap()
    settle(tablet)
    assert page.evaluate(IS_KEPT) == [False, True]
