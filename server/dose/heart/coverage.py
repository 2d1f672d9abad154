"""How much was heard, and what a sum over it may be made into (dose-metrics 7)."""

from dataclasses import dataclass
from typing import Final

from server.dose.heart.nn_cleaning import UNUSABLE_ABOVE
from server.dose.quantity import Missing, Quantity

COVERAGE_VERSION = 1  # raised when the same share gives another answer
MIN_COVERAGE: Final = 0.8  # dose-metrics 7: prorated from there on, missing below
PRORATED: Final = "prorated"
_SAME = 1e-9  # 48 of 60 minutes added up in seconds are enough


@dataclass(frozen=True, slots=True)
class HeardTime:
    """Seconds with a heart rate that counts, and those that were planned, of one phase."""

    valid_s: float
    planned_s: float

    @property
    def coverage(self) -> float | None:
        """0 to 1; None where nothing was planned. What went on longer than planned is covered."""
        return min(1.0, self.valid_s / self.planned_s) if self.planned_s > 0 else None


def find_missing(
    heard: HeardTime, n_rows: int, n_refused: int, artefact_share: float | None = None
) -> Missing | None:
    """Why nothing can be said of the whole phase, or None.

    `artefact_share` is that of its RR intervals where there were any: above the limit of
    `nn_cleaning` nothing that the strap made of them is usable.
    """
    if artefact_share is not None and artefact_share > UNUSABLE_ABOVE:
        return Missing.UNUSABLE
    if n_refused < n_rows and heard.coverage is not None and heard.valid_s > 0:
        return Missing.LOW_COVERAGE if heard.coverage < MIN_COVERAGE - _SAME else None
    if n_refused:
        return Missing.UNUSABLE
    return Missing.LOW_COVERAGE if n_rows > 1 else Missing.NO_DATA


def prorate(quantity: Quantity, heard: HeardTime) -> Quantity:
    """A sum over what was heard, as if the rest had been like it: * planned / valid, flagged.

    Missing stays missing; what is covered whole, or went on for longer, stays as it is.
    """
    if quantity.value is None or heard.coverage is None or heard.coverage >= 1.0:
        return quantity
    return Quantity(
        quantity.value / heard.coverage,
        quantity.unit,
        quantity.version,
        quantity.coverage,
        flags=(*quantity.flags, PRORATED),
    )
