"""One set as volume and adherence need it, and what it measures in each unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.dose.volume.band_force import BandForce
from server.dose.volume.threefold import Measured, SetState

REPETITIONS: Final = "repetitions"
UNITS: Final = (REPETITIONS, "seconds", "metres", "laps")  # of the ledger; never added up
S_PER_MIN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseSet:
    """`amount` and `prescribed` count both sides where each side does it; None is not known.

    `category` is that of what she did, `planned_category` that of the station. `is_extra`: the
    circuit had no such set. `work_s` is the length of its work on the clock. `band` None is not
    known where it `has_band`.
    """

    name: str  # of the set in the circuit: `exercise/number` of the station
    exercise: str  # what she did, or was to do
    category: str
    planned_category: str
    unit: str
    state: SetState
    amount: float | None
    prescribed: float | None
    prescribed_unit: str
    is_extra: bool = False
    round: int | None = None
    work_s: float | None = None
    has_band: bool = False
    band: str | None = None
    force: BandForce | None = None


def choose_sets(sets: Sequence[DoseSet], category: str | None) -> list[DoseSet]:
    """Those of a category; None: all."""
    return [one for one in sets if category in (None, one.category)]


def measure_sets(sets: Sequence[DoseSet]) -> list[Measured]:
    """Each set that was done as 1; one that was skipped, so that nothing of it was done, as 0."""
    return [Measured(one.state, 0.0 if one.amount == 0 else 1.0) for one in sets]


def measure_amounts(sets: Sequence[DoseSet], unit: str) -> list[Measured]:
    """Repetitions, or seconds of holds, or metres, or laps: only the sets counted in that unit."""
    return [
        Measured(one.state, Missing.NOT_RECORDED if one.amount is None else one.amount)
        for one in sets
        if one.unit == unit
    ]


def measure_work_min(sets: Sequence[DoseSet]) -> list[Measured]:
    """Minutes that the clock gave to the work of each set; a skipped one has none."""
    return [Measured(one.state, _measure_work(one)) for one in sets]


def measure_colour(sets: Sequence[DoseSet], colour: str) -> list[Measured]:
    """Repetitions with a band of one colour; a set whose colour isn't known may be one of them."""
    return [
        Measured(one.state, one.amount if one.amount is not None else Missing.NOT_RECORDED)
        if one.band == colour and one.state is not SetState.UNKNOWN
        else Measured(one.state, Missing.NOT_RECORDED)
        for one in sets
        if one.unit == REPETITIONS and one.has_band and _may_be(one, colour)
    ]


def measure_tension(
    sets: Sequence[DoseSet], choose: Callable[[BandForce], Quantity]
) -> list[Measured]:
    """Repetitions times newtons of the sets with a band; `choose` takes one of its forces."""
    return [
        Measured(one.state, _multiply(one, choose))
        for one in sets
        if one.has_band and one.unit == REPETITIONS
    ]


def _may_be(one: DoseSet, colour: str) -> bool:
    return one.band in (None, colour) or one.state is SetState.UNKNOWN


def _measure_work(one: DoseSet) -> float | Missing:
    if one.amount == 0:
        return 0.0
    return Missing.NOT_RECORDED if one.work_s is None else one.work_s / S_PER_MIN


def _multiply(one: DoseSet, choose: Callable[[BandForce], Quantity]) -> float | Missing:
    if one.amount is None or one.band is None:
        return Missing.NOT_RECORDED
    if one.force is None:
        return Missing.NOT_MEASURED
    force = choose(one.force)
    if force.value is None:
        return force.missing or Missing.NOT_MEASURED
    return one.amount * force.value
