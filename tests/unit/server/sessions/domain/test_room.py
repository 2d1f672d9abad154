from typing import Any

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.room import find_last_room
from tests.ledger_entries import Tablet, minute

DAYS = ("2026-11-30", "2026-12-02", "2026-12-04", "2026-12-07")


def _lines(*states: str) -> list[dict[str, Any]]:
    return [
        {"id": name, "planned_start": f"{day}T13:30:00.000Z", "state": state}
        for name, day, state in zip("abcd", DAYS, states, strict=False)
    ]


def _warm(hand: Tablet, about: str, degrees: float) -> LedgerEvent:
    value = {"temperature_c": degrees, "humidity_pct": None, "source": "typed"}
    return hand.write("room_climate", about, value, minute(0))


def test_the_newest_session_before_with_its_latest_word() -> None:
    hand = Tablet()
    climate = {
        "a": [_warm(hand, "end", 20.0)],
        "b": [_warm(hand, "middle", 23.0), _warm(hand, "start", 21.0)],
        "d": [_warm(hand, "start", 30.0)],
    }
    lines = _lines("closed", "running", "closed", "running")
    found = find_last_room(lines, climate, "2026-12-07T13:30:00.000Z")
    assert found == {
        "session": "b", "planned_start": "2026-12-02T13:30:00.000Z", "when": "middle",
        "temperature_c": 23.0,
    }  # fmt: skip


def test_what_is_not_known_is_none() -> None:
    lines = _lines("closed", "planned")
    assert find_last_room(lines, {}, "2026-12-07T13:30:00.000Z") is None
    nobody_planned = {"id": "x", "planned_start": None, "state": "running"}
    climate = {"x": [_warm(Tablet(), "end", 20.0)]}
    assert find_last_room([nobody_planned], climate, "2026-12-07T13:30:00.000Z") is None
