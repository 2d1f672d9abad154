"""Ratings of perceived exertion: of a round and of the whole session."""

from typing import Annotated, Literal

import msgspec

from protocol.ledger.value import EventValue
from protocol.ledger.words import ExerciseId, ShortText

BORG_LOWEST, BORG_HIGHEST = 6, 20  # Borg 1970: fifteen grades
CR10_HIGHEST = 10


class EffortValue(EventValue, frozen=True):
    """A rating and who gave it, or the reason why there is none."""

    scale: Literal["borg_6_20", "cr10"]
    rating: Annotated[float, msgspec.Meta(multiple_of=0.5)] | None
    missing_reason: Literal["not_asked", "refused", "away"] | None
    source: Literal["said", "pointed", "guessed"] | None
    anchor_pack: ShortText

    def __post_init__(self) -> None:
        if (self.rating is None) == (self.missing_reason is None):
            raise ValueError("an effort has a rating, or a reason why there is none")
        if (self.rating is None) != (self.source is None):
            raise ValueError("a rating says who gave it, and only a rating does")
        if self.rating is not None:
            _check_rating(self.scale, self.rating)


class RoundEffort(EffortValue, frozen=True):
    """With the exercise at whose station she was asked."""

    exercise: ExerciseId | None


class SessionEffort(EffortValue, frozen=True):
    minutes_after_end: Annotated[int, msgspec.Meta(ge=0, le=2880)] | None


def _check_rating(scale: str, rating: float) -> None:
    if scale == "borg_6_20":
        if not (rating == int(rating) and BORG_LOWEST <= rating <= BORG_HIGHEST):
            raise ValueError(
                f"effort on the Borg scale is a whole number from {BORG_LOWEST} to"
                f" {BORG_HIGHEST}, not {rating:g}"
            )
    elif not 0 <= rating <= CR10_HIGHEST:
        raise ValueError(f"effort on CR10 lies between 0 and {CR10_HIGHEST}, not {rating:g}")
