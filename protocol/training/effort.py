"""Perceived exertion: which numbers exist, how the two scales relate, where a rating stands.

Numbers only. The scales' wording is licensed; a study loads it (`anchors.py`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from protocol.errors import InvalidEffortError
from protocol.training.frame import EffortTarget

BORG_NUMBERS: Final = range(6, 21)
# Category ratio scale, 0 to 10: whole and half numbers, and the two finer ones near its foot.
CR10_NUMBERS: Final = tuple(sorted({0.3, 0.7, *(half / 2 for half in range(21))}))
# Matched at the anchors (Borg 1998): 9 is 1, 11 is 2, 13 is 4, 15 is 5, 17 is 7; the numbers
# between are interpolated, a convention of this project. The relation is not linear.
CR10_OF_BORG: Final[Mapping[int, float]] = MappingProxyType(
    {
        6: 0.0, 7: 0.5, 8: 0.5, 9: 1.0, 10: 1.5, 11: 2.0, 12: 3.0, 13: 4.0,
        14: 4.5, 15: 5.0, 16: 6.0, 17: 7.0, 18: 8.0, 19: 9.0, 20: 10.0,
    }
)  # fmt: skip


class EffortPosition(StrEnum):
    """Where a rating stands against the band that its week accepts."""

    BELOW = "below"
    IN = "in"
    ABOVE = "above"


def check_borg(number: object) -> int:
    """The rating, if it is on 6 to 20. Raises InvalidEffortError."""
    if isinstance(number, int) and not isinstance(number, bool) and number in BORG_NUMBERS:
        return number
    raise InvalidEffortError(f"{number!r} is no rating of effort: whole numbers 6 to 20 are")


def check_cr10(number: object) -> float:
    """The rating, if it is on the category ratio scale. Raises InvalidEffortError."""
    is_number = isinstance(number, (int, float)) and not isinstance(number, bool)
    if is_number and number in CR10_NUMBERS:
        return float(number)
    raise InvalidEffortError(
        f"{number!r} is no rating on 0 to 10: whole and half numbers are, and 0.3 and 0.7"
    )


def cr10_of_borg(number: int) -> float:
    """The rating with the same anchor on 0 to 10; mark what comes of it as converted.

    Raises InvalidEffortError.
    """
    return CR10_OF_BORG[check_borg(number)]


def borg_of_cr10(number: float) -> tuple[int, int]:
    """Least and greatest of the ratings on 6 to 20 nearest to one on 0 to 10.

    They differ where the scales can't be told apart. Raises InvalidEffortError.
    """
    wanted = check_cr10(number)
    nearest = min(abs(cr10 - wanted) for cr10 in CR10_OF_BORG.values())
    found = [borg for borg, cr10 in CR10_OF_BORG.items() if abs(cr10 - wanted) == nearest]
    return min(found), max(found)


def cr10_of_target(target: EffortTarget) -> tuple[float, float]:
    """What the plan aims at, on 0 to 10. Raises InvalidEffortError."""
    least, most = target.target
    return cr10_of_borg(least), cr10_of_borg(most)


def classify_effort(number: int, target: EffortTarget) -> EffortPosition:
    """Below, in or above what the week accepts. Raises InvalidEffortError."""
    least, most = target.accept
    if check_borg(number) < least:
        return EffortPosition.BELOW
    return EffortPosition.ABOVE if number > most else EffortPosition.IN
