"""When the parts of an evening were, on entries as tablets make them."""

from typing import Any

from protocol.ledger.instants import parse_utc_ms
from server.dose.sensed.evening_times import (
    Interval,
    find_main_phase,
    find_rest,
    list_her_parts,
    list_segment_times,
    list_set_times,
)
from server.dose.written.evening import WrittenEvening, fold_evening
from tests.ledger_entries import Tablet, adverse, attending, held, minute, started

STATIONS = ["sit-to-stand", "tandem-stance"]
CLOCK = started(minute(10), STATIONS, {"P01": 0, "P02": 1}, rounds=2, work_s=60)  # eight minutes
EVENT = "01999999-0000-7000-8000-0000000000f1"


def fold(*entries: tuple[str, str, dict[str, Any], str], now: float = 60) -> WrittenEvening:
    tablet = Tablet()
    return fold_evening([tablet.write(*one) for one in entries], minute(now))


def between(first: float, last: float) -> Interval:
    return Interval(parse_utc_ms(minute(first)), parse_utc_ms(minute(last)))


def closed(at: float) -> tuple[str, str, dict[str, Any], str]:
    return ("session_closed", "session", {"summary": {}}, minute(at))


CAME = ("attendance", "P01", attending(), minute(1))
BEGUN = ("clock_started", "clock", CLOCK, minute(10))


def test_the_main_phase_lasts_as_long_as_the_circuit() -> None:
    assert find_main_phase(fold(CAME, BEGUN)) == between(10, 18)


def test_a_hold_makes_it_longer() -> None:
    stop = ("clock_held", "clock", held(minute(12)), minute(12))
    go_on = ("clock_resumed", "clock", {"at": minute(15)}, minute(15))
    assert find_main_phase(fold(CAME, BEGUN, stop, go_on)) == between(10, 21)


def test_a_circuit_that_was_closed_ends_there() -> None:
    assert find_main_phase(fold(CAME, BEGUN, closed(14))) == between(10, 14)


def test_a_hold_that_never_ended_lasts_to_the_closing() -> None:
    stop = ("clock_held", "clock", held(minute(12)), minute(12))
    assert find_main_phase(fold(CAME, BEGUN, stop, closed(30))) == between(10, 30)


def test_without_a_circuit_there_is_no_main_phase() -> None:
    assert find_main_phase(fold(CAME)) is None


def test_who_was_there_from_the_beginning_has_all_of_it() -> None:
    assert list_her_parts(fold(CAME, BEGUN), "P01", between(10, 18)) == [between(10, 18)]


def test_who_came_late_went_away_and_was_stopped_has_parts() -> None:
    evening = fold(
        BEGUN,
        ("attendance", "P01", attending("late"), minute(11)),
        ("attendance", "P01", attending("away"), minute(12)),
        ("attendance", "P01", attending("back"), minute(13)),
        ("adverse_event", EVENT, adverse("P01"), minute(16)),
    )
    assert list_her_parts(evening, "P01", between(10, 18)) == [between(11, 12), between(13, 16)]


def test_a_rest_is_part_of_it() -> None:
    rest = ("person_held", "P01", held(minute(12)), minute(12))
    back = ("person_resumed", "P01", held(minute(14)), minute(14))
    parts = list_her_parts(fold(CAME, BEGUN, rest, back), "P01", between(10, 18))
    assert sum(one.seconds for one in parts) == 8 * 60


def test_who_never_came_has_none() -> None:
    evening = fold(BEGUN, ("attendance", "P01", attending("absent"), minute(1)))
    assert list_her_parts(evening, "P01", between(10, 18)) == []
    assert list_her_parts(evening, "P09", between(10, 18)) == []


def seated(first: float | None, last: float | None) -> dict[str, Any]:
    ends = {"from": first and minute(first), "to": last and minute(last)}
    bpm = {"bpm": 64, "missing_reason": None}
    return {**bpm, "n_values": 100, "coverage_pct": 100, **ends}


def test_she_sat_for_her_seated_heart_rate() -> None:
    told = ("resting_hr", "P01", seated(3, 8), minute(8))
    assert find_rest(fold(CAME, told), "P01") == between(3, 8)


def test_nobody_knows_when_she_sat() -> None:
    untimed = ("resting_hr", "P01", seated(None, None), minute(8))
    assert find_rest(fold(CAME, untimed), "P01") is None
    assert find_rest(fold(CAME), "P01") is None
    assert find_rest(fold(CAME), "P09") is None


def test_her_sets_are_where_the_clock_has_her_work() -> None:
    told = [(one.name, one.work) for one in list_set_times(fold(CAME, BEGUN), "P01")]
    assert told == [
        ("sit-to-stand/1", between(10, 11)),
        ("tandem-stance/1", between(12, 13)),
        ("sit-to-stand/2", between(14, 15)),
        ("tandem-stance/2", between(16, 17)),
    ]


def test_a_set_that_the_clock_was_held_in_is_as_much_longer() -> None:
    stop = ("clock_held", "clock", held(minute(12.5)), minute(12.5))
    go_on = ("clock_resumed", "clock", {"at": minute(13.5)}, minute(13.5))
    told = list_set_times(fold(CAME, BEGUN, stop, go_on), "P01")
    assert told[1].work == between(12, 14)
    assert told[2].work == between(15, 16)


def test_only_sets_that_have_begun() -> None:
    told = list_set_times(fold(CAME, BEGUN, now=12.5), "P01")
    assert [(one.name, one.work) for one in told] == [
        ("sit-to-stand/1", between(10, 11)),
        ("tandem-stance/1", between(12, 12.5)),
    ]


def test_work_and_rest_lie_where_the_clock_had_them() -> None:
    stop = ("clock_held", "clock", held(minute(12.5)), minute(12.5))
    go_on = ("clock_resumed", "clock", {"at": minute(15)}, minute(15))
    told = list_segment_times(fold(CAME, BEGUN, stop, go_on, now=16))
    assert [(one.kind, one.round, one.slot, time) for one, time in told] == [
        ("work", 1, 1, between(10, 11)),
        ("rest", 1, 1, between(11, 12)),
        ("work", 1, 2, between(12, 15.5)),  # with the hold in it
        ("rest", 1, 2, between(15.5, 16)),  # so far
    ]
    assert list_segment_times(fold(CAME)) == []


def test_a_round_that_was_left_out_is_no_segment_of_the_evening() -> None:
    cut = ("clock_cut", "clock", {"at": minute(11), "rounds": 1}, minute(11))
    told = list_segment_times(fold(CAME, BEGUN, cut))
    assert [(one.round, one.slot) for one, _ in told] == [(1, 1), (1, 1), (1, 2), (1, 2)]
