"""What the metrics of sets are worked out from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import Measured, SetState, compute_threefold
from server.dose.written.planned import PlannedSet

VERSION: Final = 1
_NAME_OF_UNIT: Final = {"seconds": "hold_seconds"}


@dataclass(frozen=True, slots=True)
class SetInputs:
    """Her sets and what was planned; `planned` None where the session has no plan.

    `is_open`: neither plan nor clock say which sets there were, so there may be more than `sets`.
    """

    sets: Sequence[DoseSet]
    planned: Sequence[PlannedSet] | None
    turn_min: float | None  # of one planned set on the clock
    sha256: str
    is_open: bool = False

    @property
    def untold(self) -> list[Measured]:
        """What stands for sets that nobody may have written down."""
        return [Measured(SetState.UNKNOWN, Missing.NOT_RECORDED)] if self.is_open else []

    def choose_planned(self, category: str | None) -> list[PlannedSet] | None:
        """Those of a category; None: all."""
        if self.planned is None:
            return None
        return [one for one in self.planned if category in (None, one.category)]


def name_unit(unit: str) -> str:
    """Seconds are those of holds; the other units are called what they are."""
    return _NAME_OF_UNIT.get(unit, unit)


def sum_planned(amounts: Sequence[float | None] | None, unit: str) -> Quantity:
    """Not applicable without a plan, not recorded where one of the amounts isn't known."""
    if amounts is None:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, unit, VERSION)
    known = [one for one in amounts if one is not None]
    if len(known) < len(amounts):
        return Quantity.missing_for(Missing.NOT_RECORDED, unit, VERSION, len(known) / len(amounts))
    return Quantity(fsum(known), unit, VERSION)


def tell_thrice(
    name: str,
    planned: Quantity,
    measured: Sequence[Measured],
    inputs: SetInputs,
    category: str | None = None,
) -> list[Metric]:
    """As logged, observed, and the share; nobody plans a share."""
    told, sha256 = compute_threefold([*measured, *inputs.untold], planned.unit), inputs.sha256
    no_share = Quantity.missing_for(Missing.NOT_APPLICABLE, "1", VERSION)
    return [
        Metric(f"{name}_as_logged", planned, told.as_logged, sha256, category),
        Metric(f"{name}_observed", planned, told.observed, sha256, category),
        Metric(f"{name}_observed_share", no_share, told.observed_share, sha256, category),
    ]
