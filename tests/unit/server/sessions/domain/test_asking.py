"""Whom to ask where: where a rating lets her move on, else where she was asked longest ago."""

from typing import Any

from protocol.training.expand import expand_session
from protocol.training.shipped import read_shipped_plan
from server.sessions.domain.asking import list_wishes
from server.sessions.domain.fold import fold_session
from server.sessions.domain.prescribing import PastSession, prescribe
from tests.ledger_entries import Tablet, effort, logged, minute

PLAN = read_shipped_plan("tailored")
TONIGHT = expand_session(PLAN, 5)
STATIONS = [station.exercise for station in TONIGHT.stations]


def _past(session: int, *ratings: dict[str, Any]) -> PastSession:
    tablet = Tablet()
    events = [tablet.write("rpe", f"P01/{n}", one, minute(n)) for n, one in enumerate(ratings, 1)]
    return PastSession(session, fold_session(events, minute(60)))


def _wishes(past: list[PastSession], **rules: str) -> dict[str, float]:
    told = prescribe(PLAN, TONIGHT, past, "P01", signed_off=False)
    for exercise, rule in rules.items():
        told[exercise.replace("_", "-")]["rule"] = rule
    return dict(zip(STATIONS, list_wishes(TONIGHT, past, "P01", told), strict=True))


def test_it_gains_most_where_she_was_asked_longest_ago_or_never() -> None:
    past = [_past(2, effort(9, exercise=STATIONS[1])), _past(4, effort(9, exercise=STATIONS[2]))]
    wishes = _wishes(past)
    assert [wishes[STATIONS[n]] for n in range(3)] == [5.0, 3.0, 1.0]


def test_who_was_not_asked_is_not_rated() -> None:
    missed = effort(None, exercise=STATIONS[0])
    assert _wishes([_past(4, missed)]) == _wishes([])
    assert (
        list_wishes(
            TONIGHT, [_past(4)], "P02", prescribe(PLAN, TONIGHT, [], "P02", signed_off=False)
        )[0]
        == 5.0
    )


def test_where_one_rating_lets_her_move_on_goes_first() -> None:
    for rule in ("once_more", "effort_not_given"):
        wishes = _wishes([], **{STATIONS[3].replace("-", "_"): rule})
        assert max(wishes, key=lambda name: wishes[name]) == STATIONS[3]
        assert wishes[STATIONS[3]] > sum(wishes[name] for name in STATIONS if name != STATIONS[3])


def test_who_did_another_exercise_at_a_station_was_asked_there() -> None:
    tablet = Tablet()
    done = logged("wall-squat", 8, substituted_for=STATIONS[1])
    events = [
        tablet.write("set", f"P01/{STATIONS[1]}/1", done, minute(1)),
        tablet.write("rpe", "P01/1", effort(9, exercise="wall-squat"), minute(2)),
    ]
    wishes = _wishes([PastSession(4, fold_session(events, minute(60)))])
    assert [wishes[STATIONS[n]] for n in (0, 1)] == [5.0, 1.0]
