"""Times of tablets whose clocks are wrong (promise B5)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.ledger.event import MAX_OFFSET_MS, LedgerEvent
from server.sessions.domain.placing import place_events
from tests.ledger_entries import TABLET_B, Tablet, attending, held, minute

DAY_MS = 86_400_000
TOMORROW = "2026-12-01T17:00:00.000Z"


def _order(*events: LedgerEvent) -> list[int]:
    return [placed.event.device_seq for placed in place_events(events)]


def test_a_tablet_that_knows_the_servers_time_is_believed() -> None:
    tablet = Tablet(offset_ms=-5_000)
    event = tablet.write("clock_held", "clock", held(minute(3)), minute(3))
    (placed,) = place_events([event])
    assert (placed.event.occurred_at, placed.value) == (minute(3), held(minute(3)))
    assert placed.time_ms == 1_796_058_180_000  # date -u -d '2026-11-30 17:03' +%s


def test_entries_made_before_the_server_was_met_move_by_what_was_learnt_then() -> None:
    tablet = Tablet(offset_ms=None)
    early = tablet.write("clock_held", "clock", held(minute(3, TOMORROW)), minute(3, TOMORROW))
    tablet.offset_ms = -DAY_MS
    later = tablet.write("attendance", "P01", attending(), minute(4))
    first, second = place_events([later, early])
    assert (first.event, first.value) == (early, held(minute(3)))
    assert (second.event, second.time_ms - first.time_ms) == (later, 60_000)


def test_a_tablet_that_lost_the_server_again_keeps_the_offset_it_had() -> None:
    tablet = Tablet(offset_ms=-DAY_MS)
    tablet.write("attendance", "P01", attending(), minute(1))
    known = tablet.write("attendance", "P01", attending(), minute(2))
    tablet.offset_ms = None
    lost = tablet.write("attendance", "P01", attending("away"), minute(3, TOMORROW))
    placed = place_events([lost, known])
    assert [one.event for one in placed] == [known, lost]
    assert placed[1].time_ms - placed[0].time_ms == 60_000


def test_a_clock_set_back_never_reorders_one_tablets_entries() -> None:
    tablet = Tablet(offset_ms=None)
    events = [
        tablet.write("attendance", "P01", attending(), at)
        for at in (minute(10, TOMORROW), minute(11, TOMORROW), minute(12), minute(13))
    ]
    assert _order(*reversed(events)) == [1, 2, 3, 4]


@given(st.permutations(range(8)))
@settings(deadline=None)
def test_b5_a_tablet_that_never_met_the_server_stays_in_its_own_order(minutes: list[int]) -> None:
    tablet = Tablet(offset_ms=None)
    events = [tablet.write("attendance", "P01", attending(), minute(n)) for n in minutes]
    assert _order(*events) == list(range(1, 9))


def test_an_entry_dated_back_on_purpose_drags_no_other_with_it() -> None:
    """A trainer writes at 18:00 that somebody left at 17:30; offsets are known."""
    tablet = Tablet()
    here = tablet.write("attendance", "P01", attending(), minute(50))
    back = tablet.write("attendance", "P02", attending("left"), minute(30))
    assert [placed.event for placed in place_events([here, back])] == [back, here]


def test_two_tablets_are_ordered_by_time_and_equal_times_by_device() -> None:
    a, b = Tablet(), Tablet(TABLET_B)
    events = [
        b.write("attendance", "P01", attending(), minute(1)),
        a.write("attendance", "P01", attending(), minute(1)),
        b.write("attendance", "P01", attending(), minute(0.5)),
    ]
    told = [(one.event.device[0], one.event.device_seq) for one in place_events(events)]
    assert told == [("b", 2), ("a", 1), ("b", 1)]


def test_an_offset_that_leads_out_of_the_years_stops_at_their_edge() -> None:
    """A tablet that woke in 1970, and later told a server of a clock in 2152."""
    tablet = Tablet(offset_ms=None)
    woken = "1970-01-01T00:00:01.000Z"
    early = tablet.write("clock_held", "clock", held(woken), woken)
    tablet.offset_ms = -MAX_OFFSET_MS
    later = tablet.write("attendance", "P01", attending(), minute(4))
    first, second = place_events([early, later])
    assert (first.event, first.time_ms) == (early, 0)
    assert first.value == held("1970-01-01T00:00:00.000Z")
    assert second.event == later


def test_an_offset_that_leads_past_2199_stops_there() -> None:
    last = "2199-12-31T23:59:59.999Z"
    tablet = Tablet(offset_ms=MAX_OFFSET_MS)
    tablet_met = tablet.write("attendance", "P01", attending(), last)
    tablet.offset_ms = None
    lost = tablet.write("clock_held", "clock", held(last), last)
    (_, second) = place_events([tablet_met, lost])
    assert second.time_ms == 7_258_118_399_999  # date -u -d '2200-01-01' +%s, less 1 ms
    assert second.value == held(last)
