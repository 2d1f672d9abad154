"""Cool-down, the whole session's effort, straps off, who may jump from now on."""

from collections.abc import Sequence
from random import Random
from typing import Any

from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.circuit import describe_effort
from firmware_sim.evening.notebook import Notebook

COOLDOWN_MIN = 5.0  # the study's
SIGNED_OFF_AFTER = 15  # sessions: plyometrics begin in week 6
OFF_AIM = 1  # a session feels as its week aims at, or up to this much lighter or harder (Borg 6-20)


def write_ending(
    book: Notebook, comers: Sequence[Comer], planned: dict[str, Any], minute: float, chance: Random
) -> float:
    """From the clock's end (`minute`) to the last entry before closing, and when that is."""
    lightest, hardest = planned["effort"]["target"]
    book.write(minute + 0.1, "phase_entered", "session", {"phase": "cooldown"})
    ends = minute + COOLDOWN_MIN
    here = [comer.woman for comer in comers if comer.arrives_min is not None]
    for place, woman in enumerate(here):
        at = ends + 2 + place / 4
        asked_after = round(at - minute)
        felt = chance.randint(lightest - OFF_AIM, hardest + OFF_AIM)
        effort = describe_effort(felt) | {"minutes_after_end": asked_after}
        book.write(at, "session_rpe", woman.code, effort)
        if planned["session"] == SIGNED_OFF_AFTER and woman.may_jump:
            yes = {"ready": True, "signed_by": "sara", "locked_from": None}
            book.write(at, "plyometric_signoff", woman.code, yes)
    last = ends + 7
    for comer in comers:
        if comer.arrives_min is not None and comer.woman.strap is not None:
            _take_off(book, comer, comer.arrives_min + 0.3, last)
    climate = {"temperature_c": chance.randint(42, 52) / 2, "humidity_pct": None, "source": "typed"}
    book.write(last, "room_climate", "end", climate)
    book.write(last + 0.1, "phase_entered", "session", {"phase": "closing"})
    return last + 0.2


def _take_off(book: Notebook, comer: Comer, from_min: float, until_min: float) -> None:
    woman = comer.woman
    value = {
        "participant": woman.code,
        "strap": woman.strap,
        "from": book.utc(from_min),
        "until": book.utc(until_min),
    }
    label = f"strap of {woman.code}"
    book.write(until_min, "wearing", f"@{label}", value, supersedes=label, reason="taken off")
