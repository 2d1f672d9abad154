"""A bundle of the shipped plan for tests of the simulated trainer: no server needed."""

from typing import Any

import msgspec

from protocol.training.expand import expand_session
from protocol.training.shipped import read_shipped_plan

START = "2026-11-30T17:00:00.000Z"
CODES = tuple(f"P{number:02d}" for number in range(1, 16))
_UNITS = {"reps": "repetitions"}


def make_line(ordinal: int = 14) -> dict[str, Any]:
    """A row of the list of sessions."""
    return {"id": "x", "ordinal": ordinal, "planned_start": START, "state": "planned"}


def make_evening_bundle(ordinal: int = 14) -> dict[str, Any]:
    """Everybody is prescribed the plan's own amounts."""
    planned = msgspec.to_builtins(expand_session(read_shipped_plan("tailored"), ordinal))
    told = {
        station["exercise"]: {
            **{name: station[name] for name in ("exercise", "amount", "sides")},
            "unit": _UNITS.get(station["unit"], station["unit"]),
            "band": station["band_ceiling"],
            "rule": "start",
            "while_locked": None,
            "lighter": {"amount": max(1, station["amount"] - 2), "band": station["band_ceiling"]},
        }
        for station in planned["stations"]
    }
    people = [
        {"code": code, "sign": "Fig", "usual_strap": f"51ADA{place:03X}"}
        for place, code in enumerate(CODES, start=1)
    ]
    prescriptions = dict.fromkeys(CODES, told)
    rotation = {
        "direction": 1,
        "start_station": {code: place % 8 for place, code in enumerate(CODES)},
        "asked_after": [2, 5, 8],
    }
    return {
        "planned": planned, "prescriptions": prescriptions, "people": people, "rotation": rotation,
    }  # fmt: skip
