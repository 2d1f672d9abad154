from typing import Any

from protocol.training.shipped import read_shipped_plan
from server.sessions.evening import find_next, find_number, list_held_before

PLAN = read_shipped_plan("as_printed")
MONDAY, WEDNESDAY, FRIDAY = (f"2026-{day}T13:30:00.000Z" for day in ("11-30", "12-02", "12-04"))


def _line(
    session: str, ordinal: int | None, start: str | None, state: str = "planned", week: int = 1
) -> dict[str, Any]:
    return {
        "id": session, "ordinal": ordinal, "planned_start": start, "state": state, "week": week,
    }  # fmt: skip


LINES = [
    _line("x", None, None, "running"),
    _line("a", 1, MONDAY, "closed"),
    _line("b", 2, WEDNESDAY),
    _line("c", 3, FRIDAY),
]


def _next(tonight: str | None, now: str) -> str | None:
    line = find_next(LINES, tonight, now)
    return None if line is None else str(line["id"])


def test_tonights_session_else_the_next_else_the_last() -> None:
    assert _next("b", FRIDAY) == "b"
    assert _next(None, "2026-12-01T00:00:00.000Z") == "b"
    assert _next(None, "2027-01-01T00:00:00.000Z") == "c"
    assert find_next([LINES[0]], None, MONDAY) is None


def test_a_make_up_takes_the_number_of_the_session_of_its_week_that_wasnt_held() -> None:
    assert find_number(PLAN, LINES, LINES[2]) == 2
    assert find_number(PLAN, LINES, _line("m", None, FRIDAY)) == 2
    assert find_number(PLAN, LINES, _line("m", None, FRIDAY, week=8)) == 22
    held = [_line("abc"[n - 1], n, MONDAY, "closed") for n in (1, 2, 3)]
    assert find_number(PLAN, held, _line("m", None, FRIDAY)) == 3


def test_what_is_held_after_a_make_up_changes_nothing_of_it() -> None:
    make_up = _line("m", None, WEDNESDAY)
    later = [_line("c", 3, FRIDAY, "closed"), _line("b", 2, WEDNESDAY, "closed")]
    held = [_line("a", 1, MONDAY, "closed"), *later]
    assert find_number(PLAN, held, make_up) == 2
    assert list_held_before(held, make_up) == [1]


def test_a_number_beyond_the_plan_is_its_last_session() -> None:
    assert find_number(PLAN, [], _line("z", 99, FRIDAY, week=40)) == 24
