"""P6: a dot a session, without blame, and her own steps."""

from typing import Any

import pytest

from server.sessions.domain.fold import fold_session
from server.sessions.domain.own_path import (
    FILLED,
    HALF,
    REST,
    TO_COME,
    count_own_sets,
    list_dots,
    list_stairs,
    place_dot,
)
from tests.ledger_entries import Tablet, attending, held, logged, minute, prescription, started

STATIONS = ["sit-to-stand", "heel-raises"]


def fold(*entries: tuple[str, str, Any, float], at: float = 10) -> dict[str, Any]:
    """Entries of (kind, about, value, minute), folded ten minutes after the start."""
    tablet = Tablet()
    rows = [tablet.write(kind, about, value, minute(when)) for kind, about, value, when in entries]
    return fold_session(rows, minute(at))


def evening(*more: tuple[str, str, Any, float]) -> dict[str, Any]:
    """P07 is here; two stations, two rounds: four sets."""
    clock = started(minute(0), STATIONS, {"P07": 0}, rounds=2)
    begun = (
        ("attendance", "P07", attending(), 0.0),
        ("prescription", "P07", prescription(sit_to_stand=8, heel_raises=10), 0.0),
        ("clock_started", "clock", clock, 0.0),
    )
    person: dict[str, Any] = fold(*begun, *more)["people"]["P07"]
    return person


@pytest.mark.parametrize(
    ("held_at_min", "dot"), [(None, FILLED), (6.1, FILLED), (4.1, HALF), (0.1, HALF)]
)
def test_a_dot_says_how_much_and_never_that_she_failed(held_at_min: float | None, dot: str) -> None:
    """Work begins at 0, 2, 4 and 6: held at 6.1 she has three of four, at 0.1 none."""
    if held_at_min is None:
        more: tuple[tuple[str, str, Any, float], ...] = ()
    else:
        more = (("person_held", "P07", held(minute(held_at_min)), held_at_min),)
    assert place_dot(evening(*more)) == dot


def test_who_did_not_come_rested() -> None:
    assert place_dot(None) == REST
    assert place_dot(evening(("attendance", "P07", attending("absent"), 1.0))) == REST
    stayed = {"decision": "not_today", "reason_chip": None}
    assert place_dot(evening(("readiness_decision", "P07", stayed, 0.0))) == REST


def test_sets_done_made_lighter_and_why() -> None:
    less = logged("sit-to-stand", 5, shortfall_reason="heat")
    also = logged("heel-raises", 9, shortfall_reason="heat", round_=1)
    skipped = logged("sit-to-stand", None, chips=["skipped"], round_=2)
    counted = count_own_sets(
        evening(
            ("set", "P07/sit-to-stand/1", less, 1.0),
            ("set", "P07/heel-raises/1", also, 3.0),
            ("set", "P07/sit-to-stand/2", skipped, 5.0),
        )
    )
    assert (counted.done, counted.planned, counted.lighter, counted.why) == (3, 4, 2, "heat")


def line(session: str, ordinal: int | None, week: int = 1) -> dict[str, Any]:
    return {"id": session, "ordinal": ordinal, "week": week}


def test_twenty_four_dots_in_eight_weeks() -> None:
    dots = list_dots(24, 3, [line("a", 1), line("b", 2), line("c", 4, 2)],
                     {"a": evening(), "b": None})  # fmt: skip
    assert [one["state"] for one in dots[:4]] == [FILLED, REST, TO_COME, TO_COME]
    assert [one["week"] for one in dots] == [number // 3 + 1 for number in range(24)]


def test_a_make_up_stands_where_she_rested_that_week() -> None:
    lines = [line("a", 1), line("b", 2), line("make-up", None)]
    dots = list_dots(24, 3, lines, {"a": evening(), "b": None, "make-up": evening()})
    assert [one["state"] for one in dots[:3]] == [FILLED, FILLED, TO_COME]


def test_her_steps_each_time_that_they_changed() -> None:
    def told(repetitions: int) -> dict[str, Any]:
        return fold(("prescription", "P07", prescription(sit_to_stand=repetitions), 0.0))

    past = [(1, told(8)), (2, told(8)), (3, told(10)), (4, fold())]
    assert list_stairs(past, "P07") == [
        {
            "exercise": "sit-to-stand",
            "steps": [
                {"session": 1, "amount": 8, "unit": "repetitions", "band": None},
                {"session": 3, "amount": 10, "unit": "repetitions", "band": None},
            ],
        }
    ]
    assert list_stairs(past, "P08") == []
