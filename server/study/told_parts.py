"""Which half of a study a recipient was given: outcomes, or what tells who trains. Pure.

Sessions are held by whoever trains, so their rows tell the arm, and she can join all datasets of
hers by pseudonym. Without an approval of arms she is given one of the halves, and never the other
afterwards (decision 0056).
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What a dataset holds."""

    OUTCOMES = "outcomes"
    SESSIONS = "sessions"
    WHOLE = "whole"  # both: arms were approved
    NEITHER = "neither"  # names nobody, not even by pseudonym


HALVES: Final = (Part.OUTCOMES, Part.SESSIONS)


def may_join(part: Part, before: Iterable[Part]) -> bool:
    """Whether datasets of these parts together tell no arm that wasn't approved for this one."""
    if part not in HALVES:
        return True
    other = Part.SESSIONS if part is Part.OUTCOMES else Part.OUTCOMES
    return {other, Part.WHOLE}.isdisjoint(before)
