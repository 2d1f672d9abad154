"""Two tablets whose clocks differ by a little show the same circuit."""

from datetime import timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from tests.browser.passing_time import pass_time
from tests.browser.tablet_page import TabletPage
from tests.browser.test_tablet_undo import reach
from tests.ledger_entries import TABLET_B, Tablet, to_json
from tests.tablet_evening import SESSION

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

AHEAD_MS: Final = 2000
ASK: Final = "dispatchEvent(new Event('online'))"
HAS_HEARD: Final = "() => window.model.received.value.size > 0"
BRING_MODEL: Final = """
async () => void (window.model = await import("/tablet/app/state/model.js"))
"""


def tell_ahead(tablet: TabletPage, kind: str, value: dict[str, Any]) -> None:
    """Leyla's tablet is so far ahead; here it is heard of at once."""
    at = format_utc_ms(parse_utc_ms(tablet.ledger.now()) + AHEAD_MS)
    said = Tablet(TABLET_B, "leyla").write(kind, "clock", {"at": at, **value}, at)
    tablet.ledger.append(SESSION, to_json(said))
    tablet.page.evaluate(BRING_MODEL)
    tablet.page.evaluate(ASK)
    tablet.page.wait_for_function(HAS_HEARD)


@pytest.mark.parametrize(
    ("kind", "value", "before", "after"),
    [("clock_held", {"why": None}, "running", "held"), ("clock_resumed", {}, "held", "running")],
)
def test_what_a_tablet_a_little_ahead_did_to_the_clock_counts_once_it_is_that_time_here(
    tablet: TabletPage, kind: str, value: dict[str, Any], before: str, after: str
) -> None:
    """No other entry and no end of a segment has to come first."""
    reach(tablet)
    band = tablet.page.locator(".band")
    if before == "held":
        tablet.tap("Hold all")
        tablet.wait_until_sent()
    tell_ahead(tablet, kind, value)
    expect(band).to_have_attribute("data-state", before)
    pass_time(timedelta(milliseconds=AHEAD_MS), tablet)
    expect(band).to_have_attribute("data-state", after)
