"""Time that passes for pages and for their server at once, however slow the machine is."""

from datetime import timedelta
from typing import Final

from tests.browser.session_time import WATCH_PAGE
from tests.browser.tablet_page import TabletPage

MS: Final = timedelta(milliseconds=1)


def take_clock(tablet: TabletPage) -> None:
    """Before anything is loaded."""
    tablet.page.add_init_script(WATCH_PAGE)
    tablet.page.clock.install()


def pass_time(passed: timedelta, *tablets: TabletPage, asleep: bool = False) -> None:
    """No answer comes while the clocks are apart: a page would believe that its server's was set.

    `asleep`: a page's timers fire once, at the end, as under a closed cover.
    """
    for tablet in tablets:
        tablet.page.evaluate("closeGate()")
    tablets[0].ledger.offset += passed
    for tablet in tablets:
        clock = tablet.page.clock
        (clock.fast_forward if asleep else clock.run_for)(round(passed / MS))
    for tablet in tablets:
        tablet.page.evaluate("openGate()")
