"""A circuit whose time stands still until a test lets it pass, to the end of what is drawn."""

from datetime import timedelta
from typing import Any, Final

from playwright.sync_api import Page

from tests.browser.passing_time import MS, pass_time, read_left, take_clock
from tests.browser.stepped_floor import READ_CLOCK, SteppedFloor
from tests.browser.tablet_page import ALL_SENT, WHEN_WRITTEN, TabletPage
from tests.tablet_evening import CODES, make_planned

A_SECOND: Final = timedelta(seconds=1)
MOST_S: Final = 60  # longer than any wait before another try
A_MOMENT: Final = 100 * MS  # two are well within the 500 ms that a key waits
NEARLY: Final = timedelta(seconds=3)  # a sample of the clock that comes late moves it by less


def reach_stopped(tablet: TabletPage, planned: dict[str, Any] | None = None) -> Page:
    """In the first work, with three women."""
    take_clock(tablet)
    tablet.ledger.planned = planned or make_planned(work_s=30, rest_s=20)
    page = tablet.reach_circuit(CODES[:3])
    SteppedFloor(tablet, lambda _kind, _slot: []).stop_clock()
    pass_time(A_SECOND, tablet)
    return page


def end_segment(tablet: TabletPage, after: timedelta = A_MOMENT) -> list[Any]:
    """Lets the work or the rest that runs be over; what is drawn then: kind, round, slot.

    Step by step at the end: what the page believes of the server's clock may still move it.
    """
    before: list[Any] = tablet.page.evaluate(READ_CLOCK)
    pass_time(max(read_left(tablet) - NEARLY, A_MOMENT), tablet)
    while (now := tablet.page.evaluate(READ_CLOCK)) == before:
        pass_time(A_MOMENT, tablet)
    pass_time(after, tablet)
    return list(now)


def settle(tablet: TabletPage) -> None:
    """Until keys count again, and what was tapped is sent."""
    tablet.page.evaluate(WHEN_WRITTEN)
    pass_time(A_SECOND, tablet)
    for _ in range(MOST_S):
        if tablet.page.evaluate(ALL_SENT):
            return
        pass_time(A_SECOND, tablet)
    raise AssertionError("something was never sent")


def let_run(tablet: TabletPage) -> None:
    """The clocks go on by themselves: what looks at a page waits for its timers."""
    tablet.ledger.stopped_at = None
    tablet.page.clock.resume()
