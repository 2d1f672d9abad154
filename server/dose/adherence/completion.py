"""How much of what was prescribed was done; what was done beyond it stands apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Of one set, both in one unit; None is not known."""

    done: float | None
    prescribed: float | None


@dataclass(frozen=True, slots=True)
class Completion:
    """`share` is the sum of min(done, prescribed) over the sum of prescribed; `excess` the rest."""

    share: Quantity
    excess: Quantity


def compute_completion(pairs: Sequence[Pair], unit: str) -> Completion:
    """From 0 to 1. One set that isn't known leaves no share; `coverage` says how many are."""
    known = [
        (p.done, p.prescribed) for p in pairs if p.done is not None and p.prescribed is not None
    ]
    if len(known) < len(pairs):
        coverage = len(known) / len(pairs)
        return Completion(
            Quantity.missing_for(Missing.NOT_RECORDED, "1", VERSION, coverage),
            Quantity.missing_for(Missing.NOT_RECORDED, unit, VERSION, coverage),
        )
    prescribed = fsum(wanted for _, wanted in known)
    excess = Quantity(fsum(max(done - wanted, 0.0) for done, wanted in known), unit, VERSION)
    if prescribed == 0:
        return Completion(Quantity.missing_for(Missing.NOT_APPLICABLE, "1", VERSION), excess)
    done = fsum(min(done, wanted) for done, wanted in known)
    return Completion(Quantity(done / prescribed, "1", VERSION), excess)


def pair_sets(sets: Sequence[DoseSet], category: str | None) -> list[Pair]:
    """Sets against sets, by the station's category; an extra one was prescribed by nobody."""
    return [Pair(_count_done(one), 0.0 if one.is_extra else 1.0) for one in _choose(sets, category)]


def pair_amounts(sets: Sequence[DoseSet], unit: str, category: str | None) -> list[Pair]:
    """Amounts against amounts, of the sets that were prescribed in `unit`."""
    return [
        Pair(_read_done(one), 0.0 if one.is_extra else one.prescribed)
        for one in _choose(sets, category)
        if one.prescribed_unit == unit
    ]


def _choose(sets: Sequence[DoseSet], category: str | None) -> list[DoseSet]:
    return [one for one in sets if category in (None, one.planned_category)]


def _count_done(one: DoseSet) -> float | None:
    if one.state is SetState.UNKNOWN:
        return None
    return 1.0 if one.state.is_done and one.amount != 0 else 0.0


def _read_done(one: DoseSet) -> float | None:
    if one.state is SetState.NOT_DONE:
        return 0.0
    is_comparable = one.state.is_done and one.unit == one.prescribed_unit
    return one.amount if is_comparable else None
