from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from protocol.training.expand import PlannedSession, expand_session
from protocol.training.rotation import Rotation, find_station, list_asked_slots, plan_rotation
from protocol.training.vocabulary import RestScope, RotationRule
from tests.unit.protocol.training.plans import as_printed, make_plan, tailored

CODES = [f"P{number:02d}" for number in range(1, 16)]
A_WEEK = 3


def _session(n_stations: int, **changes: object) -> PlannedSession:
    session = expand_session(make_plan([n_stations], n_sessions=1, stations=n_stations), 1)
    return replace(session, **changes)


def _no_wishes(session: PlannedSession) -> dict[str, list[float]]:
    return {code: [0.0] * len(session.stations) for code in CODES}


def _asked(session: PlannedSession, rotation: Rotation, code: str) -> list[int]:
    """The station, from 0, at which she is asked in each round."""
    start, n = rotation.start_station[code], len(session.stations)
    return [find_station(start, rotation.direction, slot, n) for slot in rotation.asked_after]


@given(
    st.integers(0, 40), st.integers(1, 20), st.sampled_from(RotationRule), st.integers(1, 24),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_starts_are_as_even_as_the_numbers_allow(
    n_people: int, n_stations: int, rule: RotationRule, number: int, chance: object
) -> None:
    session = _session(n_stations, rotation=rule, session=number)
    wishes = {f"P{n}": [chance.random() for _ in range(n_stations)] for n in range(n_people)}  # type: ignore[attr-defined]
    starts = plan_rotation(session, wishes).start_station
    assert list(starts) == list(wishes)
    taken = Counter(starts.values())
    crowds = [taken[station] for station in range(n_stations)]
    assert max(crowds) - min(crowds) <= 1


@given(st.integers(1, 20), st.integers(1, 5))
def test_the_rounds_of_as_many_sessions_as_it_takes_ask_at_every_slot(
    n_stations: int, rounds: int
) -> None:
    sessions = -(-n_stations // rounds)
    asked = [
        slot
        for number in range(1, sessions + 1)
        for slot in list_asked_slots(_session(n_stations, rounds=rounds, session_in_week=number))
    ]
    assert set(asked) == set(range(1, n_stations + 1))
    assert max(Counter(asked).values()) == -(-len(asked) // n_stations)


@pytest.mark.parametrize("plan", [as_printed(), tailored()], ids=lambda plan: plan.id)
def test_in_every_session_each_station_is_asked_about_as_often_as_any_other(plan: object) -> None:
    """Fifteen women, three rounds, eight stations: five or six ratings each; each at three."""
    for number in range(1, 25):
        session = expand_session(plan, number)  # type: ignore[arg-type]
        rotation = plan_rotation(session, _no_wishes(session))
        asked = {code: _asked(session, rotation, code) for code in CODES}
        assert all(len(set(stations)) == session.rounds for stations in asked.values())
        for round_ in range(session.rounds):
            crowds = Counter(stations[round_] for stations in asked.values())
            assert sorted(crowds.values()) == [1, *[2] * 7]


def test_without_wishes_she_is_asked_at_other_stations_each_session() -> None:
    sessions = [expand_session(tailored(), number) for number in range(1, 25)]
    rotations = [plan_rotation(session, _no_wishes(session)) for session in sessions]
    for code in CODES:
        asked = [_asked(s, r, code) for s, r in zip(sessions, rotations, strict=True)]
        counts = Counter(station for stations in asked for station in stations)
        assert min(counts.values()) >= 6  # 72 askings over eight stations: nine each
        assert max(counts.values()) <= 12
        assert all(one != other for one, other in pairwise(asked))


def test_she_begins_where_asking_gains_most() -> None:
    session = expand_session(tailored(), 5)
    for wished in range(8):
        wishes = {**_no_wishes(session), "P09": [float(n == wished) for n in range(8)]}
        rotation = plan_rotation(session, wishes)
        assert wished in _asked(session, rotation, "P09")


def test_where_rests_are_between_rounds_only_all_are_asked_there() -> None:
    session = replace(expand_session(tailored(), 5), rest_scope=RestScope.BETWEEN_ROUNDS)
    assert list_asked_slots(session) == (8, 8, 8)


def test_the_other_way_round() -> None:
    back = plan_rotation(_session(4, rotation=RotationRule.BACKWARD), {"P01": [0.0] * 4})
    assert [find_station(0, back.direction, slot, 4) for slot in range(1, 6)] == [0, 3, 2, 1, 0]


def test_nobody_goes_round_nothing() -> None:
    with pytest.raises(ValueError, match="without stations"):
        plan_rotation(replace(_session(3), stations=()), {})
