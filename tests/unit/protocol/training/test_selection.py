from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from protocol.training.exercises import Exercise
from protocol.training.frame import ListedSession
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import exercises_in_week
from protocol.training.selection import select_stations
from tests.unit.protocol.training.plans import as_printed, make_plan

SIZES = st.lists(st.integers(1, 8), min_size=1, max_size=6)


def _week(plan: TrainingPlan, week: int) -> list[tuple[Exercise, ...]]:
    a_week = plan.course.sessions_per_week
    first = (week - 1) * a_week + 1
    return [select_stations(plan, session) for session in range(first, first + a_week)]


def _count(sessions: list[tuple[Exercise, ...]]) -> Counter[str]:
    return Counter(one.id for stations in sessions for one in stations)


def test_every_exercise_of_every_week_comes_up_in_that_week() -> None:
    plan = as_printed()
    for week in range(1, 9):
        sessions = _week(plan, week)
        assert [len(stations) for stations in sessions] == [8, 8, 8]
        assert set(_count(sessions)) == {one.id for one in exercises_in_week(plan, week)}


def test_every_session_has_every_category_of_its_week_where_turns_allow() -> None:
    """Week 6 has 24 exercises for 24 turns and one of balance, so two sessions are without it."""
    plan = as_printed()
    for week in range(1, 9):
        categories = {one.category for one in exercises_in_week(plan, week)}
        for stations in _week(plan, week):
            missing = categories - {one.category for one in stations}
            assert missing <= ({"balance"} if week == 6 else set())


def test_balance_comes_three_times_a_week_though_it_has_one_exercise() -> None:
    assert _count(_week(as_printed(), 3))["tandem-foam-support"] == 3


@given(SIZES, st.integers(1, 5), st.integers(1, 12), st.integers(1, 4))
def test_a_week_is_dealt_fairly(sizes: list[int], n_sessions: int, most: int, week: int) -> None:
    plan = make_plan(sizes, n_sessions, most)
    sessions = _week(plan, week)
    n_stations = min(most, sum(sizes))
    assert all(len({one.id for one in stations}) == n_stations for stations in sessions)
    counts = _count(sessions)
    if sum(sizes) <= n_sessions * n_stations:
        assert set(counts) == {one.id for one in plan.exercises}  # everything once …
    else:
        assert set(counts.values()) == {1}  # … or nothing twice
    for number in range(len(sizes)):
        by_session = [sum(o.category == f"c{number}" for o in stations) for stations in sessions]
        assert max(by_session) - min(by_session) <= 1


@given(SIZES, st.integers(1, 5), st.integers(1, 12))
def test_a_category_misses_no_session_while_there_is_room(
    sizes: list[int], n_sessions: int, most: int
) -> None:
    plan = make_plan(sizes, n_sessions, most)
    sessions = _week(plan, 1)
    needed = sum(max(size, n_sessions) for size in sizes)
    if n_sessions * min(most, sum(sizes)) >= needed and len(sizes) <= most:
        assert all(len({one.category for one in stations}) == len(sizes) for stations in sessions)


@given(SIZES, st.integers(1, 3), st.integers(1, 4))
def test_what_one_week_has_no_room_for_comes_in_the_next(
    sizes: list[int], n_sessions: int, most: int
) -> None:
    plan = make_plan(sizes, n_sessions, most, weeks=48)
    seen = _count([stations for week in range(1, 49) for stations in _week(plan, week)])
    assert set(seen) == {one.id for one in plan.exercises}


def test_neighbours_are_of_different_categories_where_numbers_allow() -> None:
    for week in range(1, 9):
        for stations in _week(as_printed(), week):
            pairs = zip(stations, stations[1:], strict=False)
            assert all(one.category != other.category for one, other in pairs)


def test_the_same_plan_deals_the_same() -> None:
    assert _week(make_plan([3, 5, 2]), 2) == _week(make_plan([3, 5, 2]), 2)


def test_a_listed_session_wins_over_the_rule() -> None:
    plan = as_printed()
    listed = ListedSession(2, ("hop-marks", "tandem-stance"))
    plan = replace(plan, selection=replace(plan.selection, listed=(listed,)))
    assert [one.id for one in select_stations(plan, 2)] == ["hop-marks", "tandem-stance"]
    assert select_stations(plan, 1) == select_stations(as_printed(), 1)


def test_a_session_outside_the_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="session 25"):
        select_stations(as_printed(), 25)
