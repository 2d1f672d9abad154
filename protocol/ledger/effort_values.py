"""Ratings of perceived exertion: of a round and of the whole session."""

from typing import Annotated, Literal

import msgspec

from protocol.errors import InvalidEffortError
from protocol.ledger.value import EventValue
from protocol.ledger.words import ExerciseId, ShortText
from protocol.training.effort import check_borg, check_cr10


class EffortValue(EventValue, frozen=True):
    """A rating and who gave it, or the reason why there is none.

    `self_report`: she gave it herself, on her own screen (decision 0046). `unknown`: she was
    asked, and isn't sure.
    """

    scale: Literal["borg_6_20", "cr10"]
    rating: int | float | None
    missing_reason: Literal["not_asked", "refused", "away", "unknown"] | None
    source: Literal["said", "pointed", "guessed", "self_report"] | None
    anchor_pack: ShortText

    def __post_init__(self) -> None:
        if (self.rating is None) == (self.missing_reason is None):
            raise ValueError("an effort has a rating, or a reason why there is none")
        if (self.rating is None) != (self.source is None):
            raise ValueError("a rating says who gave it, and only a rating does")
        if self.rating is not None:
            _check_rating(self.scale, self.rating)


class RoundEffort(EffortValue, frozen=True):
    """With the exercise that she did where she was asked."""

    exercise: ExerciseId | None


class SessionEffort(EffortValue, frozen=True):
    minutes_after_end: Annotated[int, msgspec.Meta(ge=0, le=2880)] | None


def _check_rating(scale: str, rating: float) -> None:
    try:
        check_borg(rating) if scale == "borg_6_20" else check_cr10(rating)
    except InvalidEffortError as error:
        raise ValueError(str(error)) from None
