"""Rules that need to know what time it is."""

from typing import Any

import pytest

from protocol.ledger.instants import parse_utc_ms
from server.projection.quality.rules import judge_calendar

START = "2026-11-02T17:00:00.000Z"
HOUR_MS = 3_600_000


def find(state: str, hours: float, start: str | None = START) -> list[tuple[str, str]]:
    line: dict[str, Any] = {"id": "s1", "state": state, "planned_start": start}
    now_ms = parse_utc_ms(START) + round(hours * HOUR_MS)
    return [(one.session, one.rule) for one in judge_calendar([line], now_ms)]


@pytest.mark.parametrize(
    ("state", "hours", "rules"),
    [
        ("running", 6.0, []),
        ("running", 6.1, ["not_closed"]),
        ("running", 30, ["not_closed"]),
        ("planned", 24.0, []),
        ("planned", 24.1, ["not_held"]),
        ("planned", -1, []),
        ("closed", 100, []),
    ],
)
def test_what_is_overdue(state: str, hours: float, rules: list[str]) -> None:
    assert find(state, hours) == [("s1", rule) for rule in rules]


def test_a_session_that_nobody_planned_is_never_overdue() -> None:
    assert find("running", 100, None) == []
