"""What events say about the session as a whole: plan, phases, room, staff, closing."""

from typing import Annotated, Literal

import msgspec

from protocol.ledger.instants import UtcText, check_utc
from protocol.ledger.value import EventValue
from protocol.ledger.words import (
    MAX_PEOPLE,
    ParticipantCode,
    Percent,
    Sha256,
    ShortText,
    StrapSerial,
    Text,
)


class SessionPlanned(EventValue, frozen=True):
    """A session of the plan (`ordinal` 1 to 24), or a make-up one (null)."""

    ordinal: Annotated[int, msgspec.Meta(ge=1, le=999)] | None
    week: Annotated[int, msgspec.Meta(ge=1, le=99)]
    planned_start: UtcText
    plan: ShortText
    plan_sha256: Sha256
    participants: Annotated[list[ParticipantCode], msgspec.Meta(max_length=MAX_PEOPLE)]

    def __post_init__(self) -> None:
        check_utc(self.planned_start)
        if len(set(self.participants)) != len(self.participants):
            raise ValueError("a participant is named twice")


class PhaseEntered(EventValue, frozen=True):
    phase: Literal["room_check", "arrivals", "warmup", "circuit", "cooldown", "closing"]


class RoomCheck(EventValue, frozen=True):
    fan_on: bool
    water: bool
    chairs_and_bars: bool
    first_aid: bool
    second_person: bool
    radio_verdict: ShortText | None


class RoomClimate(EventValue, frozen=True):
    temperature_c: Annotated[float, msgspec.Meta(ge=-10, le=60, multiple_of=0.5)]
    humidity_pct: Percent | None
    source: Literal["typed", "sensor"]


class StaffPresent(EventValue, frozen=True):
    """Who was there in which duty, trained as what; the person is what the event is about."""

    duty: Literal["supervisor", "assistant"]
    qualification: ShortText | None
    missing_reason: Literal["not_recorded"] | None

    def __post_init__(self) -> None:
        if (self.qualification is None) != (self.missing_reason is not None):
            raise ValueError("a qualification, or a missing_reason, and never both")


class StaffAttendance(EventValue, frozen=True):
    """Who of the staff went before the end, or came back; whom it is about was there already."""

    status: Literal["left", "back"]


class SyncMoment(EventValue, frozen=True):
    """Three knocks by all at once: the straps whose knocks were heard."""

    heard: Annotated[list[StrapSerial], msgspec.Meta(max_length=MAX_PEOPLE)]


class Note(EventValue, frozen=True):
    text: Text


class SessionClosed(EventValue, frozen=True):
    """Counts as they stood on the tablet's closing screen."""

    summary: Annotated[
        dict[ShortText, Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]],
        msgspec.Meta(max_length=64),
    ]


class ServerMet(EventValue, frozen=True):
    """The tablet's first look at the server's clock after so many entries by its own clock alone.

    The envelope's `clock_offset_ms` is what counts: it says where those entries belong, also when
    nothing else is entered in that session any more.
    """

    entries: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class ContentErased(EventValue, frozen=True):
    """What another event said was erased for good, by this decision."""

    why: Text


class SessionReopened(EventValue, frozen=True):
    why: Text
