"""Time that passes for pages and for their server at once, however slow the machine is."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from tests.browser.session_time import WATCH_PAGE
from tests.browser.tablet_page import TabletPage

MS: Final = timedelta(milliseconds=1)
READ_SEGMENT: Final = """
async () => {
  const { clock } = (await import("/tablet/app/state/model.js"));
  const { readNowMs } = (await import("/tablet/app/shell/time.js"));
  const { state, kind, slot, ends_at: endsAt } = clock.value;
  return [state, kind, slot, endsAt === null ? 0 : Date.parse(endsAt) - readNowMs()];
}
"""
JUST_AFTER: Final = 200 * MS  # the clock is looked at ten times a second
MOST_SEGMENTS: Final = 100  # more than any circuit of a test has


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


def read_left(tablet: TabletPage) -> timedelta:
    """Of the segment that runs; may be below zero until the clock is drawn anew."""
    *_, left_ms = tablet.page.evaluate(READ_SEGMENT)
    left: timedelta = left_ms * MS
    return left


def pass_until(slot: int, kind: str, *tablets: TabletPage) -> None:
    """To the beginning of this slot's work or rest, as the first tablet shows it."""
    _pass_segments(lambda _state, *now: now == (kind, slot), tablets)


def pass_to_end(*tablets: TabletPage) -> None:
    """To the end of the circuit."""
    _pass_segments(lambda state, *_: state == "done", tablets)


def pass_to_before_end(left: timedelta, *tablets: TabletPage) -> None:
    """To so long before the end of the segment that runs."""
    pass_time(read_left(tablets[0]) - left, *tablets)


def _pass_segments(is_there: Callable[..., bool], tablets: Sequence[TabletPage]) -> None:
    for _ in range(MOST_SEGMENTS):
        *now, left_ms = tablets[0].page.evaluate(READ_SEGMENT)
        if is_there(*now):
            return
        pass_time(max(left_ms, 0) * MS + JUST_AFTER, *tablets)
    raise AssertionError("the circuit never came there")
