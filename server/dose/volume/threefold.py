"""A volume told three times: as logged, from observed sets only, and the share of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import Final

from server.dose.quantity import Missing, Quantity

VERSION: Final = 1
WITHOUT_AMOUNT: Final = "sets_without_amount"  # an observed sum that lacks some of its sets


class SetState(StrEnum):
    """How a set is known; the first four were done."""

    OBSERVED = "observed"
    SENSOR = "sensor"
    SELF_REPORT = "self_report"
    ASSUMED = "assumed"
    NOT_DONE = "not_done"  # known: she wasn't at it
    UNKNOWN = "unknown"  # nobody knows whether she was

    @property
    def is_done(self) -> bool:
        return self not in (SetState.NOT_DONE, SetState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Measured:
    """One set and how much of something it was, or why nobody knows."""

    state: SetState
    amount: float | Missing


@dataclass(frozen=True, slots=True)
class Threefold:
    """`as_logged` counts assumed, reported and sensed sets too; `observed` is a lower bound."""

    as_logged: Quantity
    observed: Quantity
    observed_share: Quantity


def compute_threefold(sets: Sequence[Measured], unit: str) -> Threefold:
    """Sums over the sets that were done. A set whose amount isn't known leaves no sum as logged.

    `coverage` is then the share of sets whose amount is known. Where nothing was observed of sets
    that are known, 0 is what was seen; of sets that nobody knows of, nothing is. The share of
    nothing is not applicable.
    """
    as_logged = _sum_logged(sets, unit)
    observed = _sum_observed(sets, unit)
    return Threefold(as_logged, observed, _divide(observed, as_logged))


def _sum_logged(sets: Sequence[Measured], unit: str) -> Quantity:
    counted = [one for one in sets if one.state is not SetState.NOT_DONE]
    unknown = [one for one in map(_find_reason, counted) if one is not None]
    if unknown:
        coverage = 1 - len(unknown) / len(counted)
        return Quantity.missing_for(unknown[0], unit, VERSION, coverage)
    return Quantity(_sum(counted), unit, VERSION)


def _sum_observed(sets: Sequence[Measured], unit: str) -> Quantity:
    seen = [one for one in sets if one.state is SetState.OBSERVED]
    unknown = [one for one in map(_find_reason, seen) if one is not None]
    if seen and len(unknown) == len(seen):
        return Quantity.missing_for(unknown[0], unit, VERSION, 0.0)
    if not seen and any(one.state is SetState.UNKNOWN for one in sets):
        return Quantity.missing_for(Missing.NOT_RECORDED, unit, VERSION, 0.0)
    flags = (WITHOUT_AMOUNT,) if unknown else ()
    return Quantity(_sum(seen), unit, VERSION, flags=flags)


def _find_reason(one: Measured) -> Missing | None:
    if one.state is SetState.UNKNOWN:
        return Missing.NOT_RECORDED
    return one.amount if isinstance(one.amount, Missing) else None


def _sum(sets: Sequence[Measured]) -> float:
    return fsum(one.amount for one in sets if not isinstance(one.amount, Missing))


def _divide(observed: Quantity, as_logged: Quantity) -> Quantity:
    if as_logged.missing is not None:
        return Quantity.missing_for(as_logged.missing, "1", VERSION, as_logged.coverage)
    if not as_logged.value or observed.value is None:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, "1", VERSION)
    return Quantity(observed.value / as_logged.value, "1", VERSION)
