"""Which session her screens are about, and whose next day it is."""

from typing import Any

import pytest

from server.sessions.domain.own_sessions import find_asked_about, find_last_held, find_next
from tests.ledger_entries import minute

HOUR = 60


def line(name: str, start_h: float, state: str = "planned", *codes: str) -> dict[str, Any]:
    start = minute(start_h * HOUR)
    return {"id": name, "planned_start": start, "state": state, "participants": codes or ("P07",)}


COURSE = [
    line("first", 0, "closed"), line("second", 48), line("others", 24, "planned", "P01"),
    {"id": "nobody's", "planned_start": None, "state": "running", "participants": None},
]  # fmt: skip


@pytest.mark.parametrize(
    ("now_h", "found"), [(1, "second"), (47, "second"), (51, "second"), (53, None)]
)
def test_the_next_one_is_hers_and_not_closed(now_h: float, found: str | None) -> None:
    next_one = find_next(COURSE, "P07", minute(now_h * HOUR))
    assert (next_one and next_one["id"]) == found


def test_the_last_one_was_begun() -> None:
    last = find_last_held(COURSE, "P07", minute(100 * HOUR))
    assert last is not None
    assert last["id"] == "first"
    assert find_last_held(COURSE, "P01", minute(100 * HOUR)) is None


@pytest.mark.parametrize(
    ("now_h", "about"),
    [(-1, None), (1, None), (6, "first"), (23, "first"), (25, None), (30, "others"), (47, "others"),
     (54, "second"), (48 + 71, "second"), (48 + 72, None)],
)  # fmt: skip
def test_everybody_is_asked_about_the_newest_session_of_the_group(
    now_h: float, about: str | None
) -> None:
    """Of both arms: nobody's code is looked at."""
    found = find_asked_about(COURSE, minute(now_h * HOUR))
    assert (found and found["id"]) == about
