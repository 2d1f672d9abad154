"""Minutes of work weighted by the rating of their round: what a rating of the whole can't tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from server.dose.effort.rating import Rating
from server.dose.effort.session_load import CONVERTED
from server.dose.quantity import Missing, Quantity

VERSION: Final = 1
UNIT: Final = "CR10 x min"


@dataclass(frozen=True, slots=True)
class RoundWork:
    """Minutes of the sets that she did in a round, and how she rated it; None is not known."""

    work_min: float | None
    rating: Rating | None


def compute_weighted_minutes(rounds: Sequence[RoundWork]) -> Quantity:
    """Sum over rounds of CR10 times minutes of work, rests left out: no session RPE load.

    A round with work and no rating leaves no sum; `coverage` is the share of minutes rated.
    """
    worked = [one for one in rounds if one.work_min != 0]
    known = [(one.work_min, one.rating) for one in worked if one.work_min and one.rating]
    if len(known) < len(worked):
        return Quantity.missing_for(Missing.NOT_RECORDED, UNIT, VERSION, _compute_coverage(worked))
    total = fsum(minutes * rating.cr10 for minutes, rating in known)
    converted = any(rating.is_converted for _, rating in known)
    return Quantity(total, UNIT, VERSION, flags=(CONVERTED,) if converted else ())


def _compute_coverage(worked: Sequence[RoundWork]) -> float | None:
    """None where the minutes of one round aren't known."""
    minutes = [one.work_min for one in worked if one.work_min is not None]
    if len(minutes) < len(worked):
        return None
    return fsum(one.work_min or 0.0 for one in worked if one.rating) / fsum(minutes)
