"""The circuit clock from what people did to it; every figure worked out by hand."""

import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.clock_view import view_clock
from server.sessions.domain.holding import hold_events
from server.sessions.domain.running import ClockRun, run_clock
from tests.ledger_entries import TABLET_B, Tablet, held, minute, started

STATIONS = ["sit-to-stand", "tandem-stance"]


def _start(tablet: Tablet, at: float = 0, rounds: int = 2) -> LedgerEvent:
    """Two stations: work and rest of a minute each, four minutes a round."""
    value = started(minute(at), STATIONS, {"P01": 0}, rounds=rounds)
    return tablet.write("clock_started", "clock", value, minute(at))


def _run(at: float, *events: LedgerEvent) -> ClockRun:
    run = run_clock(hold_events(events), parse_utc_ms(minute(at)))
    assert run is not None
    return run


def _view(at: float, *events: LedgerEvent) -> tuple[str, int | None, int, str | None]:
    clock = view_clock(_run(at, *events), is_closed=False)
    return clock["state"], clock["segment"], clock["remaining_ms"], clock["ends_at"]


def test_nobody_has_started_it() -> None:
    assert run_clock(hold_events([]), 0) is None
    assert view_clock(None, is_closed=False)["state"] == "idle"


@pytest.mark.parametrize(
    ("at", "view"),
    [
        (-1, ("running", 0, 60_000, minute(1))),  # another tablet's clock is ahead of ours
        (0, ("running", 0, 60_000, minute(1))),
        (0.5, ("running", 0, 30_000, minute(1))),
        (1, ("running", 1, 60_000, minute(2))),
        (7.75, ("running", 7, 15_000, minute(8))),
        (8, ("done", None, 0, None)),
        (800, ("done", None, 0, None)),
    ],
)
def test_it_walks_its_segments(at: float, view: tuple[str, int | None, int, str | None]) -> None:
    assert _view(at, _start(Tablet())) == view


def test_a_hold_stops_it_and_going_on_continues_where_it_stood() -> None:
    tablet = Tablet()
    events = [_start(tablet), tablet.write("clock_held", "clock", held(minute(1.5)), minute(1.5))]
    assert _view(1.25, *events) == ("running", 1, 45_000, minute(2))
    assert _view(20, *events) == ("held", 1, 30_000, None)
    assert view_clock(_run(20, *events), is_closed=False)["held_since"] == minute(1.5)
    events.append(tablet.write("clock_resumed", "clock", {"at": minute(21)}, minute(21)))
    assert _view(21.25, *events) == ("running", 1, 15_000, minute(21.5))


def test_pressing_twice_changes_nothing() -> None:
    a, b = Tablet(), Tablet(TABLET_B)
    events = [
        _start(a),
        b.write("clock_resumed", "clock", {"at": minute(0.5)}, minute(0.5)),
        a.write("clock_held", "clock", held(minute(1)), minute(1)),
        b.write("clock_held", "clock", held(minute(1.5)), minute(1.5)),
        a.write("clock_resumed", "clock", {"at": minute(3)}, minute(3)),
        b.write("clock_resumed", "clock", {"at": minute(3.5)}, minute(3.5)),
    ]
    assert _view(4, *events) == ("running", 2, 60_000, minute(5))


def test_seconds_added_lengthen_their_segment_and_move_what_follows() -> None:
    tablet = Tablet()
    extended = {"at": minute(0.9), "segment": 0, "seconds": 15}
    events = [_start(tablet), *(tablet.write("clock_extended", "clock", extended) for _ in "ab")]
    assert _view(1.25, *events) == ("running", 0, 15_000, minute(1.5))
    assert _run(0, *events).total_ms == 8 * 60_000 + 30_000


def test_seconds_for_a_segment_that_isnt_there_change_nothing() -> None:
    tablet = Tablet()
    lost = tablet.write("clock_extended", "clock", {"at": minute(1), "segment": 99, "seconds": 15})
    assert _run(0, _start(tablet), lost).total_ms == 8 * 60_000


def test_a_cut_takes_away_what_has_not_begun_of_later_rounds() -> None:
    tablet = Tablet()
    start = _start(tablet, rounds=3)
    during_first = tablet.write("clock_cut", "clock", {"at": minute(3), "rounds": 1}, minute(3))
    assert _run(3, start, during_first).total_ms == 4 * 60_000
    assert _run(2, start, during_first).total_ms == 12 * 60_000  # nobody has cut anything yet
    in_second = tablet.write("clock_cut", "clock", {"at": minute(4.5), "rounds": 1}, minute(4.5))
    cut = _run(30, start, in_second)
    assert cut.total_ms == 5 * 60_000  # the segment that had begun goes on to its end
    assert [segment.index for segment in cut.segments if segment.is_cut] == [5, 6, 7, 8, 9, 10, 11]


def test_a_voided_cut_brings_the_round_back() -> None:
    tablet = Tablet()
    cut = tablet.write("clock_cut", "clock", {"at": minute(3), "rounds": 1}, minute(3))
    assert _run(5, _start(tablet), cut, tablet.correct(cut, None)).total_ms == 8 * 60_000


def test_the_first_start_counts_and_a_new_one_only_after_it_was_voided() -> None:
    a, b = Tablet(), Tablet(TABLET_B)
    first, second = _start(a, 0), _start(b, 0.1)
    both = _run(1, second, first)
    assert (both.event_id, both.other_starts) == (first.id, (second.id,))
    assert both.started_ms == parse_utc_ms(minute(0))
    anew = _run(1, second, first, a.correct(first, None))
    assert (anew.event_id, anew.other_starts) == (second.id, ())


def test_a_closed_session_has_no_running_clock() -> None:
    assert view_clock(_run(0.5, _start(Tablet())), is_closed=True)["state"] == "done"
