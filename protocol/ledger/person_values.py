"""What events say about one participant in a session, apart from sets and effort."""

from typing import Annotated, Literal

import msgspec

from protocol.ledger.instants import UtcText, check_utc
from protocol.ledger.value import EventValue
from protocol.ledger.words import (
    Amount,
    Bpm,
    Chip,
    ExerciseId,
    ParticipantCode,
    Percent,
    ShortText,
    StationIndex,
    StrapSerial,
    Unit,
    UserName,
    ZeroToTen,
)


class Attendance(EventValue, frozen=True):
    """`late`: came after the start and is here now."""

    status: Literal["present", "late", "away", "back", "left", "absent"]
    why: ShortText | None


class Readiness(EventValue, frozen=True):
    """Her answers before the session; null is not answered."""

    new_symptoms: bool | None
    fall: bool | None
    hot: bool | None
    new_medicine: bool | None
    tiredness_0_10: ZeroToTen | None
    slept_well: bool | None
    answered_by: Literal["self", "trainer"]


class ReadinessDecision(EventValue, frozen=True):
    decision: Literal["as_planned", "lighter", "not_today", "call_doctor"]
    reason_chip: Chip | None


class Wearing(EventValue, frozen=True):
    """Which strap she wore from when to when; until null: still on."""

    participant: ParticipantCode
    strap: StrapSerial
    from_: UtcText = msgspec.field(name="from")
    until: UtcText | None

    def __post_init__(self) -> None:
        check_utc(self.from_, self.until)
        if self.until is not None and self.until <= self.from_:  # one form, so texts compare
            raise ValueError("a strap comes off after it was put on: until lies after from")


class IdentityCheck(EventValue, frozen=True):
    strap: StrapSerial
    method: Literal["number", "knock", "qr", "suggested"]
    answer: Literal["hers", "swapped", "unsure"]


class HeartBaseline(EventValue, frozen=True):
    """A resting or warm-up heart rate, or the reason why there is none."""

    bpm: Bpm | None
    n_values: Annotated[int, msgspec.Meta(ge=0, le=100_000)]
    coverage_pct: Percent
    from_: UtcText | None = msgspec.field(name="from")
    to: UtcText | None
    missing_reason: Chip | None

    def __post_init__(self) -> None:
        check_utc(self.from_, self.to)
        if (self.bpm is None) == (self.missing_reason is None):
            raise ValueError("a heart rate has a value, or a reason why there is none")


class LighterLevel(EventValue, frozen=True):
    """The same exercise, one level less."""

    amount: Amount | None
    band: Chip | None


class Target(EventValue, frozen=True):
    """An exercise and how much of it.

    `lighter` is what she does while her day is lighter; null where the plan has nothing lighter.
    """

    exercise: ExerciseId
    amount: Amount | None
    unit: Unit
    band: Chip | None
    sides: Chip | None
    lighter: LighterLevel | None


class PrescribedExercise(Target, frozen=True):
    """What she was to do at one exercise's station, and the rule that said so.

    `exercise` is another one than the station's while that is locked for her, or when she has
    moved on to a harder one of its kind. `while_locked` is what she does from a no of tonight to
    her readiness on (decision 0024); null where `exercise` needs none.
    """

    rule: Chip | None
    while_locked: Target | None


class Prescription(EventValue, frozen=True):
    """All that was prescribed to her tonight, by the station's exercise."""

    exercises: Annotated[dict[ExerciseId, PrescribedExercise], msgspec.Meta(max_length=64)]


class LevelChanged(EventValue, frozen=True):
    """From `at` on her sets are prescribed at this level; before any, as planned."""

    at: UtcText
    level: Literal["as_planned", "lighter"]

    def __post_init__(self) -> None:
        check_utc(self.at)


class Substitute(Target, frozen=True):
    """What she does instead. `locked`: only while she is ready for it (decision 0024)."""

    locked: bool


class Substitution(EventValue, frozen=True):
    """From `at` on tonight she does another exercise at a station; null: what was prescribed.

    The event's `about` names the station's exercise.
    """

    at: UtcText
    instead: Substitute | None
    reason_chip: Chip | None

    def __post_init__(self) -> None:
        check_utc(self.at)


class StationAssigned(EventValue, frozen=True):
    """From `at` on she rotates as if she had begun the round at this station."""

    at: UtcText
    start_station: StationIndex

    def __post_init__(self) -> None:
        check_utc(self.at)


class PersonHeld(EventValue, frozen=True):
    """Her sets rest, or go on again."""

    at: UtcText
    why: ShortText | None

    def __post_init__(self) -> None:
        check_utc(self.at)


class CoolingGiven(EventValue, frozen=True):
    kind: ShortText


class PlyometricSignoff(EventValue, frozen=True):
    """Whether she is ready for what is locked: a yes counts from her next session (decision 0024).

    `locked_from`: since when tonight somebody said no; a yes after it leaves it.
    """

    ready: bool
    signed_by: UserName
    locked_from: UtcText | None

    def __post_init__(self) -> None:
        check_utc(self.locked_from)
        if not self.ready and self.locked_from is None:
            raise ValueError("a no says from when it counts")


class Feeling(EventValue, frozen=True):
    feeling_0_10: ZeroToTen
