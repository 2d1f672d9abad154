"""A rating of perceived exertion on its own scale, and what it is on 0 to 10."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from protocol.errors import InvalidEffortError
from protocol.training.effort import CR10_OF_BORG, check_borg

CR10_MOST: Final = 10.0
# The other reading of "somewhat hard": 13 is 3.5, not 4. Its neighbours follow from it as the main
# table's do (between the anchors 11, 13 and 15, on half numbers, ties down): so weeks of 12 to 13
# differ by 14 to 20 %, which is why both are told.
CR10_OF_BORG_13_AS_3_5: Final[Mapping[int, float]] = MappingProxyType(
    {**CR10_OF_BORG, 12: 2.5, 13: 3.5, 14: 4.0}
)


class Scale(StrEnum):
    """The two scales that a study may ask on; words as in the ledger."""

    BORG = "borg_6_20"
    CR10 = "cr10"


@dataclass(frozen=True, slots=True)
class Rating:
    """Raises InvalidEffortError for a number that the scale doesn't have.

    On 0 to 10 any number counts: Borg (1998) allows decimals. 6 to 20 has whole numbers only.
    """

    number: float
    scale: Scale

    def __post_init__(self) -> None:
        if self.scale is Scale.BORG:
            check_borg(int(self.number) if float(self.number).is_integer() else self.number)
        elif not (math.isfinite(self.number) and 0 <= self.number <= CR10_MOST):
            raise InvalidEffortError(f"{self.number!r} is no rating of effort on 0 to 10")

    @property
    def is_converted(self) -> bool:
        """Whether `cr10` comes from another scale's anchors."""
        return self.scale is Scale.BORG

    @property
    def cr10(self) -> float:
        """On 0 to 10; from 6 to 20 by matched anchors, never by a straight line.

        The relation isn't linear (Arney 2019, Kinesiology 51(2)).
        """
        return self.convert(CR10_OF_BORG)

    def convert(self, cr10_of_borg: Mapping[int, float]) -> float:
        """On 0 to 10 by a table for ratings on 6 to 20; a rating on 0 to 10 stays what it is."""
        return cr10_of_borg[int(self.number)] if self.is_converted else float(self.number)
