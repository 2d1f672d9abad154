"""What adherence over a course needs of each of its sessions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.dose.effort.rating import Rating
from server.dose.volume.sets import DoseSet


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was made less or other, and why; None: nobody said."""

    kind: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One planned session of one person.

    `attended`: True once she trained, False when she is known not to have (`why` says why, where
    somebody did), None where nobody knows. `modified` are reductions of what she was to do;
    `terminated` is what ended her session early. `accepted` are the ratings on 6 to 20 that her
    week accepts. `doses` are (planned, delivered) by metric, None where not known.
    """

    session: int
    attended: bool | None
    why: str | None = None
    sets: tuple[DoseSet, ...] = ()
    rating: Rating | None = None
    accepted: tuple[int, int] | None = None
    modified: tuple[Change, ...] = ()
    terminated: Change | None = None
    doses: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
