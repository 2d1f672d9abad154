from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from protocol.training.expand import PlannedSession, expand_session
from protocol.training.rotation import rotate
from protocol.training.vocabulary import RestScope, RotationRule
from tests.unit.protocol.training.plans import as_printed, make_plan


def _session(n_stations: int, **changes: object) -> PlannedSession:
    session = expand_session(make_plan([n_stations], n_sessions=1, stations=n_stations), 1)
    return replace(session, **changes)


@given(
    st.integers(1, 16),
    st.integers(1, 20),
    st.integers(1, 5),
    st.sampled_from(RestScope),
    st.sampled_from(RotationRule),
)
def test_everybody_does_every_station_once_a_round(
    n_people: int, n_stations: int, rounds: int, scope: RestScope, rule: RotationRule
) -> None:
    session = _session(n_stations, rounds=rounds, rest_scope=scope, rotation=rule)
    rotation = rotate(session, n_people)
    assert [turn.turn for turn in rotation.turns] == list(range(1, n_stations * rounds + 1))
    for person in range(n_people):
        visits = Counter((turn.round, turn.station_of[person]) for turn in rotation.turns)
        assert visits == Counter(
            {(r, s): 1 for r in range(1, rounds + 1) for s in range(1, n_stations + 1)}
        )
    crowds = [max(Counter(turn.station_of).values()) for turn in rotation.turns]
    assert max(crowds) == rotation.most_at_a_station == -(-n_people // n_stations)


def test_fifteen_women_at_eight_stations() -> None:
    rotation = rotate(expand_session(as_printed(), 1), 15)
    assert rotation.starts == (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7)
    assert rotation.most_at_a_station == 2
    assert rotation.turns[0].station_of == rotation.starts
    assert rotation.turns[1].station_of[:8] == (2, 3, 4, 5, 6, 7, 8, 1)
    assert (len(rotation.turns), rotation.turns[8].round) == (24, 2)


def test_the_other_way_round() -> None:
    rotation = rotate(_session(4, rotation=RotationRule.BACKWARD), 4)
    assert rotation.turns[1].station_of == (4, 1, 2, 3)


def test_all_sets_at_one_station_before_the_next() -> None:
    rotation = rotate(_session(2, rounds=3, rest_scope=RestScope.BETWEEN_SETS), 1)
    assert [turn.station_of for turn in rotation.turns] == [(1,)] * 3 + [(2,)] * 3
    assert [turn.round for turn in rotation.turns] == [1, 2, 3, 1, 2, 3]


def test_nobody_goes_round_nothing() -> None:
    session = _session(3)
    with pytest.raises(ValueError, match="0 people can't go round 3 stations"):
        rotate(session, 0)
    with pytest.raises(ValueError, match="2 people can't go round 0 stations"):
        rotate(replace(session, stations=()), 2)
