"""Her timetable follows what was entered of the evening."""

from dataclasses import replace
from itertools import pairwise

import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.trial.her_hour import COOL_DOWN_S, build_hour, list_main_s
from tests.unit.firmware_sim.trial.trial_evening import enter


def test_one_thing_follows_the_other_without_holes() -> None:
    entered = enter()
    for code in entered.arrivals_ms:
        segments = build_hour(entered, code).segments
        assert all(one.ends_s == pytest.approx(after.starts_s) for one, after in pairwise(segments))
        ends_s = (entered.clock.end_ms - entered.arrivals_ms[code]) / 1000
        assert segments[-1].ends_s == pytest.approx(ends_s + COOL_DOWN_S)


def test_her_sets_are_where_the_clock_has_them() -> None:
    entered = enter()
    code = next(code for code in entered.arrivals_ms if code not in entered.late)
    work = [one for one in entered.clock.segments if one["kind"] == "work"]
    sets = [one for one in build_hour(entered, code).segments if one.station is not None]
    assert [one.station for one in sets] == [
        entered.clock.find_station(code, segment["slot"]) for segment in work
    ]
    assert [round(one.ends_s - one.starts_s) for one in sets] == [one["seconds"] for one in work]
    begins_s = (entered.clock.start_ms - entered.arrivals_ms[code]) / 1000
    assert sets[0].starts_s == pytest.approx(begins_s)


def test_who_is_late_warms_up_and_joins_at_a_change() -> None:
    entered = enter()
    code = next(code for code in entered.arrivals_ms if code not in entered.late)
    late_ms = entered.clock.start_ms + 260_000
    late = replace(
        entered, late=frozenset({code}), arrivals_ms={**entered.arrivals_ms, code: late_ms}
    )
    segments = build_hour(late, code).segments
    assert (segments[0].activity, segments[0].starts_s, segments[0].ends_s) == (
        Activity.WALK, 0.0, 120.0,
    )  # fmt: skip
    assert all(one.starts_s >= 120.0 for one in segments if one.station is not None)
    assert list_main_s(late, code) == [(0.0, (late.clock.end_ms - late_ms) / 1000)]


def test_who_is_stopped_sits_and_that_is_no_training() -> None:
    entered = enter()
    code = next(code for code in entered.arrivals_ms if code not in entered.late)
    arrival_ms, start_ms = entered.arrivals_ms[code], entered.clock.start_ms
    stop_ms = (start_ms + 300_000, start_ms + 480_000)
    stopped = replace(entered, stops_ms={code: [stop_ms]})
    from_s, until_s = ((at - arrival_ms) / 1000 for at in stop_ms)
    for one in build_hour(stopped, code).segments:
        if one.starts_s < until_s and one.ends_s > from_s:
            assert (one.activity, one.station) == (Activity.SIT, None)
    begins_s, ends_s = (start_ms - arrival_ms) / 1000, (entered.clock.end_ms - arrival_ms) / 1000
    assert list_main_s(stopped, code) == [(begins_s, from_s), (until_s, ends_s)]


def test_a_higher_rating_is_a_harder_round_and_a_count_is_kept() -> None:
    entered = enter()
    code = next(code for code in entered.arrivals_ms if code not in entered.late)
    sets = [(code, station, 1) for station in entered.clock.stations]
    rated = replace(entered, ratings={(code, 1): 14}, counted=dict.fromkeys(sets, 3))
    first = [one for one in build_hour(rated, code).segments if one.set_number == 0]
    assert {round(one.load, 6) for one in first} == {1.3}
    assert {one.repetitions for one in first} == {3, None}  # None: nothing to count
    usual = replace(entered, ratings={})
    assert {one.load for one in build_hour(usual, code).segments if one.station} == {1.0}
