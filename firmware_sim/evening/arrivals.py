"""The first half hour: room, staff, women, straps, how each is today, heart rate at rest."""

from collections.abc import Sequence
from random import Random
from typing import Any

from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.notebook import Notebook, Value

SEATED_MIN = 5.0
WARMUP_MIN = 10.0  # the study's
TIRED_FROM = 8  # of ten: a trainer makes it lighter then

Prescriptions = dict[str, dict[str, Any]]


def write_arrivals(
    book: Notebook, comers: Sequence[Comer], prescriptions: Prescriptions, chance: Random
) -> set[str]:
    """Everything up to the warm-up's end, which is `WARMUP_MIN` after the planned start.

    Returns the codes of those whose day is lighter.
    """
    _write_room(book, chance)
    lighter = {
        comer.woman.code
        for comer in comers
        if comer.arrives_min is not None and _write_woman(book, comer, comer.arrives_min, chance)
    }
    for comer in comers:
        if comer.arrives_min is None:
            book.write(-0.5, "attendance", comer.woman.code, {"status": "absent", "why": None})
        else:
            begins = max(0.0, comer.arrives_min)
            value = describe_prescription(prescriptions.get(comer.woman.code, {}))
            book.write(begins, "prescription", comer.woman.code, value)
    book.write(0.01, "phase_entered", "session", {"phase": "warmup"})
    for comer in comers:
        if comer.arrives_min is not None and not comer.is_late:
            warm_bpm = comer.woman.resting_bpm + chance.randint(18, 35)
            book.write(8.1, "warmup_hr", comer.woman.code, _baseline(book, warm_bpm, 3.0, 8.0))
    return lighter


def describe_prescription(told: dict[str, Any]) -> Value:
    """What the bundle told, as the ledger keeps it."""
    return {
        "exercises": {
            station: describe_target(own, "rule")
            | {"while_locked": own["while_locked"] and describe_target(own["while_locked"])}
            for station, own in sorted(told.items())
        }
    }


def describe_target(told: dict[str, Any], *more: str) -> Value:
    """An exercise and how much of it, with `more` of what was told."""
    kept = ("exercise", "amount", "unit", "band", "sides", "lighter", *more)
    return {name: told[name] for name in kept}


def _write_room(book: Notebook, chance: Random) -> None:
    supervisor = {
        "duty": "supervisor",
        "qualification": "simulated trainer",
        "missing_reason": None,
    }
    book.write(-18.0, "staff_present", "sara", supervisor)
    book.write(-18.0, "phase_entered", "session", {"phase": "room_check"})
    checked = ("fan_on", "water", "chairs_and_bars", "first_aid", "second_person")
    book.write(
        -16.0, "room_check", "session", dict.fromkeys(checked, True) | {"radio_verdict": None}
    )
    climate = {"temperature_c": chance.randint(40, 50) / 2, "humidity_pct": None, "source": "typed"}
    book.write(-15.5, "room_climate", "start", climate)
    book.write(-15.0, "phase_entered", "session", {"phase": "arrivals"})


def _write_woman(book: Notebook, comer: Comer, minute: float, chance: Random) -> bool:
    """Whether her day is lighter."""
    woman = comer.woman
    status = "late" if comer.is_late else "present"
    book.write(minute, "attendance", woman.code, {"status": status, "why": None})
    if woman.strap is not None:
        _write_strap(book, comer, minute + 0.3)
    tiredness = min(10, max(0, round(chance.gauss(4, 2))))
    answers: Value = dict.fromkeys(("new_symptoms", "fall", "hot", "new_medicine"), False)
    answers |= {"slept_well": chance.random() < 0.7, "answered_by": "self"}
    book.write(minute + 1, "readiness", woman.code, answers | {"tiredness_0_10": tiredness})
    lighter = tiredness >= TIRED_FROM
    decision = {"decision": "lighter" if lighter else "as_planned", "reason_chip": None}
    book.write(minute + 1.5, "readiness_decision", woman.code, decision)
    if lighter:
        level = {"at": book.utc(minute + 1.5), "level": "lighter"}
        book.write(minute + 1.5, "level_changed", woman.code, level)
    if woman.strap is not None and not comer.is_late:
        bpm = woman.resting_bpm + round(chance.gauss(0, 3))
        value = _baseline(book, bpm, minute + 2.3, minute + 0.3 + SEATED_MIN)
        book.write(minute + 0.4 + SEATED_MIN, "resting_hr", woman.code, value)
    return lighter


def _write_strap(book: Notebook, comer: Comer, minute: float) -> None:
    woman = comer.woman
    value = {"participant": woman.code, "strap": woman.strap, "from": book.utc(minute)}
    book.write(minute, "wearing", "", value | {"until": None}, label=f"strap of {woman.code}")
    asked = {"strap": woman.strap, "method": "number", "answer": "hers"}
    book.write(minute, "identity_check", woman.code, asked)


def _baseline(book: Notebook, bpm: int, from_min: float, to_min: float) -> Value:
    n_values = round((to_min - from_min) * 60)  # one a second
    return {
        "bpm": bpm, "n_values": n_values, "coverage_pct": 100, "missing_reason": None,
        "from": book.utc(from_min), "to": book.utc(to_min),
    }  # fmt: skip
