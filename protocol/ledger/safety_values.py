"""Adverse events: what happened to whom, with its circumstances, and what became of it."""

from typing import Annotated, Literal

import msgspec

from protocol.ledger.instants import UtcText, check_utc
from protocol.ledger.value import EventValue
from protocol.ledger.words import (
    ExerciseId,
    ParticipantCode,
    Round,
    StrapSerial,
    Text,
)

SecondsBefore = Annotated[int, msgspec.Meta(ge=0, le=600)]
WholeBpm = Annotated[int, msgspec.Meta(ge=0, le=300)]


class Circumstances(EventValue, frozen=True):
    """Attached by the tablet; null is not known. Heart rate as [seconds before, bpm]."""

    round: Round | None
    exercise: ExerciseId | None
    set: Round | None
    room_c: Annotated[float, msgspec.Meta(ge=-10, le=60, multiple_of=0.5)] | None
    hr_last_5min: (
        Annotated[list[tuple[SecondsBefore, WholeBpm]], msgspec.Meta(max_length=400)] | None
    )
    strap: StrapSerial | None


class AdverseEvent(EventValue, frozen=True):
    """She is stopped from its time on, until somebody resumes her."""

    participant: ParticipantCode
    what: Literal[
        "fall",
        "near_fall",
        "dizzy",
        "heat_vision",
        "new_numbness",
        "pain",
        "spasm",
        "chest_breath",
        "other",
    ]
    context: Circumstances


class AdverseEventFollowup(EventValue, frozen=True):
    """Anyone can add; null leaves what was said before."""

    outcome: Literal["resting", "cooled", "went_home", "ambulance"] | None
    settled_at: UtcText | None
    serious: bool | None
    text: Text | None

    def __post_init__(self) -> None:
        check_utc(self.settled_at)
        if (self.outcome, self.settled_at, self.serious, self.text) == (None,) * 4:
            raise ValueError("a follow-up says something")
