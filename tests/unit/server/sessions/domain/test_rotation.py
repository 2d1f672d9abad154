from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.holding import hold_events
from server.sessions.domain.rotation import list_choices, list_set_slots
from server.sessions.domain.running import run_clock
from tests.ledger_entries import Tablet, minute, started

STATIONS = ["a", "b", "c"]


def _sets(participant: str, *events: LedgerEvent, at: float = 0) -> list[str]:
    holdings = hold_events(events)
    run = run_clock(holdings, parse_utc_ms(minute(at)))
    assert run is not None
    return [slot.name for slot in list_set_slots(run, list_choices(holdings, run, participant))]


def _start(tablet: Tablet, *, direction: int = 1, rounds: int = 2) -> LedgerEvent:
    value = started(minute(0), STATIONS, {"P01": 0, "P02": 2}, rounds=rounds)
    return tablet.write("clock_started", "clock", value | {"direction": direction}, minute(0))


def test_everybody_goes_round_from_her_own_station_and_counts_her_sets() -> None:
    start = _start(Tablet())
    assert _sets("P01", start) == ["a/1", "b/1", "c/1", "a/2", "b/2", "c/2"]
    assert _sets("P02", start) == ["c/1", "a/1", "b/1", "c/2", "a/2", "b/2"]
    assert _sets("P03", start) == []


def test_the_other_way_round() -> None:
    assert _sets("P01", _start(Tablet(), direction=-1, rounds=1)) == ["a/1", "c/1", "b/1"]


def test_a_latecomer_has_sets_from_the_segment_in_which_she_was_given_a_station() -> None:
    tablet = Tablet()
    named = {"at": minute(2.5), "start_station": 1}  # slot 2: b -> c
    late = tablet.write("station_assigned", "P03", named, minute(2.5))
    assert _sets("P03", _start(tablet), late) == ["c/1", "a/1", "b/1", "c/2", "a/2"]


def test_somebody_moved_goes_on_from_there_and_her_earlier_sets_stay() -> None:
    tablet = Tablet()
    moved = {"at": minute(3.5), "start_station": 1}  # from slot 3 on: c -> a
    event = tablet.write("station_assigned", "P01", moved, minute(3.5))
    assert _sets("P01", _start(tablet), event) == ["a/1", "b/1", "a/2", "b/2", "c/1", "a/3"]


def test_sets_of_a_round_that_was_cut_keep_their_names() -> None:
    tablet = Tablet()
    cut = tablet.write("clock_cut", "clock", {"at": minute(1), "rounds": 1}, minute(1))
    assert _sets("P01", _start(tablet), cut, at=2) == ["a/1", "b/1", "c/1", "a/2", "b/2", "c/2"]
