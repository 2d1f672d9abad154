"""The hour's timetable, against the study's protocol: 10 + 45 + 5 minutes, three sets, rests."""

import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.circuit import SET_S, STATIONS, Timetable, build_timetable


def _minutes(first_station: int = 0, start_s: float = 0.0, factor: float = 1.0) -> Timetable:
    return build_timetable(first_station, start_s, factor)


def test_sixty_minutes_without_a_hole() -> None:
    segments = _minutes().segments
    assert segments[0].starts_s == 0.0
    assert segments[-1].ends_s == pytest.approx(3600.0)
    for one, after in zip(segments, segments[1:], strict=False):
        assert one.ends_s == after.starts_s


def test_eight_stations_of_three_sets_in_minutes_10_to_55() -> None:
    sets = [each for each in _minutes(3).segments if each.station is not None]
    assert len(sets) == 24
    assert [each.set_number for each in sets[:4]] == [0, 1, 2, 0]
    assert sets[0].starts_s == pytest.approx(600.0)
    assert sets[-1].ends_s == pytest.approx(3300.0 - 60.0)
    assert {each.station for each in sets} == set(range(8))
    assert pytest.approx(52.5) == SET_S


def test_each_wearer_starts_at_her_own_station() -> None:
    firsts = [_minutes(index).at(610.0).activity for index in range(8)]
    assert tuple(firsts) == STATIONS


def test_a_session_can_be_squeezed_and_joined_late() -> None:
    timetable = _minutes(0, start_s=600.0, factor=60.0)
    assert timetable.segments[-1].ends_s == pytest.approx(50.0)
    assert timetable.at(0.0).station == 0
    assert timetable.at(0.0).ends_s == pytest.approx(52.5 / 60)


def test_before_and_after_she_sits() -> None:
    timetable = _minutes()
    assert timetable.at(-1.0).activity is Activity.SIT
    assert timetable.at(1e9).activity is Activity.SIT
    assert timetable.at(3600.0).ends_s == float("inf")
