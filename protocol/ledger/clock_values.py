"""What moves the circuit clock: absolute times and a list of segments, no running counters."""

from typing import Annotated, Literal

import msgspec

from protocol.ledger.instants import UtcText, check_utc
from protocol.ledger.value import EventValue
from protocol.ledger.words import (
    MAX_PEOPLE,
    MAX_STATIONS,
    Chip,
    ExerciseId,
    ParticipantCode,
    Round,
    Slot,
    StationIndex,
)

MAX_SEGMENTS = 300  # 8 stations x 3 rounds take 48; a whole plan of 12 x 12 still fits


class ClockValue(EventValue, frozen=True):
    """Everything that happens to the clock happens at a time."""

    at: UtcText

    def __post_init__(self) -> None:
        check_utc(self.at)


class Segment(EventValue, frozen=True):
    kind: Literal["work", "rest", "change"]
    round: Round
    slot: Slot
    seconds: Annotated[int, msgspec.Meta(ge=1, le=3600)]


class ClockStarted(ClockValue, frozen=True):
    """The whole circuit as it is to run: segments, stations, and who begins where.

    In slot s (from 1) she is at station `(start_station + direction * (s - 1)) mod n_stations`.
    """

    segments: Annotated[list[Segment], msgspec.Meta(min_length=1, max_length=MAX_SEGMENTS)]
    stations: Annotated[list[ExerciseId], msgspec.Meta(min_length=1, max_length=MAX_STATIONS)]
    start_station: Annotated[
        dict[ParticipantCode, StationIndex], msgspec.Meta(max_length=MAX_PEOPLE)
    ]
    direction: Literal[1, -1]

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(index >= len(self.stations) for index in self.start_station.values()):
            raise ValueError("somebody starts at a station that isn't in the list")


class ClockHeld(ClockValue, frozen=True):
    why: Chip | None


class ClockResumed(ClockValue, frozen=True):
    pass


class ClockExtended(ClockValue, frozen=True):
    segment: Annotated[int, msgspec.Meta(ge=0, lt=MAX_SEGMENTS)]
    seconds: Annotated[int, msgspec.Meta(ge=1, le=600)]


class ClockCut(ClockValue, frozen=True):
    """So many rounds in all; what has begun goes on to its end."""

    rounds: Annotated[int, msgspec.Meta(ge=0, le=20)]
