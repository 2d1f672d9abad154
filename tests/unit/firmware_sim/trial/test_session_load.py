"""Session-RPE load of an evening, by hand: rating on 0 to 10 times minutes of the session."""

from typing import Any

from firmware_sim.trial.entered import Clock, Entered
from firmware_sim.trial.session_load import read_session_loads
from protocol.ledger.instants import parse_utc_ms

BEGAN = "2025-01-06T17:00:00.000Z"
BEGAN_MS = parse_utc_ms(BEGAN)
MIN = 60_000


def _event(kind: str, about: str, value: Any) -> dict[str, Any]:
    return {"kind": kind, "about": about, "value": value, "occurred_at": BEGAN}


def test_load_is_rating_times_minutes_that_she_was_there() -> None:
    entered = Entered(
        clock=Clock(BEGAN_MS + 10 * MIN, (), (), {}, 1),
        arrivals_ms={"P01": BEGAN_MS - 8 * MIN, "P02": BEGAN_MS + 20 * MIN, "P03": BEGAN_MS},
        absent=frozenset({"P04"}),
        late=frozenset({"P02"}),
        worn=(),
        does={},
        stops_ms={"P03": [(BEGAN_MS + 15 * MIN, BEGAN_MS + 18 * MIN)]},
        counted={},
        ratings={},
    )
    events = [
        _event("phase_entered", "session", {"phase": "warmup"}),
        *[_event("session_rpe", code, {"rating": 13}) for code in ("P01", "P02", "P03")],
    ]
    # Borg 13 is 4 on 0 to 10; 60 minutes, 20 late, 3 stopped.
    assert read_session_loads(events, entered) == {
        "P01": 240.0, "P02": 160.0, "P03": 228.0, "P04": 0.0,
    }  # fmt: skip
