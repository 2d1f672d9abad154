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

    @property
    def other(self) -> "Part | None":
        """The half that a half doesn't hold; none of what is no half."""
        return {Part.OUTCOMES: Part.SESSIONS, Part.SESSIONS: Part.OUTCOMES}.get(self)


HALVES: Final = (Part.OUTCOMES, Part.SESSIONS)


def may_join(part: Part, before: Iterable[Part]) -> bool:
    """Whether datasets of these parts together tell no arm that wasn't approved for this one."""
    return part.other is None or {part.other, Part.WHOLE}.isdisjoint(before)
