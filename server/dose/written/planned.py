"""The sets that she was to do in a session: her own prescription, else the plan's step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from protocol.ledger.words import UNIT_OF_PLAN
from protocol.training.expand import PlannedSession, PlannedStation
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Sides

UNLISTED = "unlisted"  # category of an exercise that the plan doesn't have


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """One set before the evening changed anything; `amount` counts both sides of `each_side`."""

    station: str
    category: str
    amount: float | None
    unit: str
    band: str | None  # None where it has one: not known
    has_band: bool


def list_planned_sets(
    planned: PlannedSession, prescription: Mapping[str, Any] | None
) -> list[PlannedSet]:
    """Every set of the plan's session by station; whoever has no prescription has the plan's.

    Args:
        prescription: her `prescription` in the fold, None where nobody wrote one down.
    """
    own = {} if prescription is None else prescription["exercises"]
    return [
        one
        for station in planned.stations
        for one in [_plan_set(station, own.get(station.exercise))] * station.sets
    ]


def find_category(plan: TrainingPlan, exercise: str) -> str:
    """Of an exercise; UNLISTED for one that the plan doesn't have."""
    found = (one.category for one in plan.exercises if one.id == exercise)
    return next(found, UNLISTED)


def find_sides(plan: TrainingPlan, exercise: str) -> str | None:
    """How the plan counts an exercise over left and right; None for one it doesn't have."""
    found = (one.sides.value for one in plan.exercises if one.id == exercise)
    return next(found, None)


def has_band(plan: TrainingPlan, exercise: str) -> bool:
    """Whether the plan does an exercise with a band."""
    return any(one.band for one in plan.exercises if one.id == exercise)


def count_sides(sides: str | None) -> int:
    """An amount on each side is done twice; one of both limbs, or shared between them, once."""
    return 2 if sides == Sides.EACH_SIDE else 1


def _plan_set(station: PlannedStation, told: Mapping[str, Any] | None) -> PlannedSet:
    if told is None:
        amount: float | None = station.amount * count_sides(station.sides)
        unit = UNIT_OF_PLAN.get(station.unit, station.unit.value)
        with_band = station.band_ceiling is not None
        return PlannedSet(station.exercise, station.category, amount, unit, None, with_band)
    amount = None if told["amount"] is None else told["amount"] * count_sides(told["sides"])
    band: str | None = told["band"]
    return PlannedSet(
        station.exercise, station.category, amount, told["unit"], band, band is not None
    )
